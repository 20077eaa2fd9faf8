# ruleid: insecure-cookie
Rails.application.config.session_store :cookie_store, key: "_shop", secure: false
# ok: insecure-cookie
Rails.application.config.session_store :cookie_store, key: "_shop", secure: true
def login
  # ruleid: insecure-cookie
  cookies[:token] = { value: token, secure: false }
  # ok: insecure-cookie
  cookies[:token] = { value: token, secure: true, httponly: true }
end
