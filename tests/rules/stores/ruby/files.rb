def keep
  # ruleid: files
  File.write("a", "b")
  # ok: files
  File.exist?("a")
end
