def show
  # ruleid: cross-site-scripting
  raw(params[:title])
  # ruleid: cross-site-scripting
  "<b>#{params[:title]}</b>".html_safe
  # ok: cross-site-scripting
  "<b>#{h(params[:title])}</b>".html_safe
  # ruleid: cross-site-scripting
  render html: params[:title].html_safe
  # ok: cross-site-scripting
  render plain: params[:title]
end
