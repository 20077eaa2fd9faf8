def show
  # ruleid: path-traversal
  send_file "/files/#{params[:name]}"
  # ok: path-traversal
  send_file File.join("/files", File.basename(params[:name]))
  # ruleid: path-traversal
  File.read(Rails.root.join("public", params[:name]))
  # ok: path-traversal
  File.read("/etc/motd")
  # ruleid: path-traversal
  render file: params[:page]
end
