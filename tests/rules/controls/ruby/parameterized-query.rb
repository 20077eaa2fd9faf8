def find(name)
  # ruleid: parameterized-query
  User.where("name = ?", name)
  # ok: parameterized-query
  User.where("name = '#{name}'")
end
