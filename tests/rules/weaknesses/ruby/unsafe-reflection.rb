def show
  # ruleid: unsafe-reflection
  model = params[:kind].classify.constantize
  # ruleid: unsafe-reflection
  @user.send(params[:field])
  # ok: unsafe-reflection
  @user.send(:name)
  # ok: unsafe-reflection
  model = "User".constantize
end
