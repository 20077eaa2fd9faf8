class UsersController
  def user_params
    # ruleid: privileged-field-permitted
    params.require(:user).permit(:admin, :name)
    # ok: privileged-field-permitted
    params.require(:user).permit(:name)
  end
end

class AdminUsersController
  def user_params
    # ok: privileged-field-permitted
    params.require(:user).permit(:admin)
  end
end
