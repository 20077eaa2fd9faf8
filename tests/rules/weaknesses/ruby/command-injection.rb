class Backup
  def copy(file)
    # ruleid: command-injection
    system("cp #{params[:file]} /backup")
    # ok: command-injection
    system("cp", params[:file], "/backup")
    # ruleid: command-injection
    `tar cf a.tar #{params[:folder]}`
    # ok: command-injection
    `tar cf a.tar .`
    # ruleid: command-injection
    system("cp #{file} /backup")
  end
end
