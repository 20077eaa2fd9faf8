# ruleid: cookie-readable-by-scripts
Rails.application.config.session_store :cookie_store, key: "_shop", httponly: false
# ok: cookie-readable-by-scripts
Rails.application.config.session_store :cookie_store, key: "_shop"
