def calculate
  # ruleid: code-injection
  eval(params[:formula])
  # ok: code-injection
  eval("1 + 1")
end
