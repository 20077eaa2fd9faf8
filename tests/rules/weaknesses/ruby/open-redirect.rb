def create
  path = params[:url].present? ? params[:url] : root_path
  # ruleid: open-redirect
  redirect_to path
  # ok: open-redirect
  redirect_to params[:url], allow_other_host: false
  # ok: open-redirect
  redirect_to user_path(params[:id])
  # ok: open-redirect
  redirect_to User.find(params[:id])
  # ruleid: open-redirect
  redirect_to request.referer
end
