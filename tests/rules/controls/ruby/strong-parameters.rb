def user_params
  # ruleid: strong-parameters
  params.require(:user).permit(:name)
  # ok: strong-parameters
  params.require(:user).permit!
end
