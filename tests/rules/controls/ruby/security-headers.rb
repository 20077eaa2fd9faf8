Rails.application.configure do
  # ruleid: security-headers
  config.force_ssl = true
  # ok: security-headers
  config.cache_classes = true
end
