def show
  # ruleid: rack
  system("ls " + params[:folder])
  # ruleid: rack
  system("ls #{request.headers["X-Folder"]}")
  folder = cookies[:folder]
  # ruleid: rack
  system("ls " + folder)
  # ok: rack
  system("ls " + Rails.root.to_s)
end
