def remember
  # ruleid: session-injection
  session.update(params[:session])
  # ok: session-injection
  session.update(theme: params[:theme])
end
