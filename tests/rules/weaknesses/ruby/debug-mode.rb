class Shop < Sinatra::Base
  # ruleid: debug-mode
  set :show_exceptions, true
  # ok: debug-mode
  set :show_exceptions, false
end
