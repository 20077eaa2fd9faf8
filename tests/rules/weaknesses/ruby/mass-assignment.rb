class UsersController < ApplicationController
  def create
    # ruleid: mass-assignment
    User.create(params[:user])
    # ok: mass-assignment
    User.create(user_params)
    # ok: mass-assignment
    User.create(name: params[:name])
    # ok: mass-assignment
    PreviewBuilder.build(params[:draft])
  end

  def everything
    # ruleid: mass-assignment
    params.require(:user).permit!
  end

  def user_params
    # ok: mass-assignment
    params.require(:user).permit(:name)
  end
end
