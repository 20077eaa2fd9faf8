Rails.application.configure do
  # ruleid: hardcoded-key
  config.secret_key_base = "1f0a9c83bd5544e09a7d"
  # ok: hardcoded-key
  config.secret_key_base = ENV["SECRET_KEY_BASE"]
end
# ruleid: hardcoded-key
JWT.encode(payload, "s3cr3t-k3y", "HS256")
# ok: hardcoded-key
JWT.encode(payload, ENV.fetch("JWT_KEY"), "HS256")
# ruleid: hardcoded-key
KEY = "123456789012345678901234"
# ok: hardcoded-key
KEY = Rails.application.credentials.key
