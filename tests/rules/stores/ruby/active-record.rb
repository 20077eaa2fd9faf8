def show
  # ruleid: active-record
  User.find_by(id: 1)
  # ok: active-record
  render :show
end
