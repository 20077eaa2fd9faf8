def show
  # ruleid: core
  system("ls " + params[:folder])
  # ok: core
  system("ls " + params[:folder].shellescape)
  # ok: core
  system("ls " + params[:id].to_i.to_s)
  # ok: core
  redirect_to user_path(params[:id])
  # ok: core
  redirect_to "/users/#{params[:id]}"
  sort = params[:sort]
  if ALLOWED.include?(sort)
    # ok: core
    User.order(sort)
  end
end
