def call(http)
  # ruleid: tls-verification-off
  http.verify_mode = OpenSSL::SSL::VERIFY_NONE
  # ok: tls-verification-off
  http.verify_mode = OpenSSL::SSL::VERIFY_PEER
  # ruleid: tls-verification-off
  HTTParty.get("https://example.com", verify: false)
  # ok: tls-verification-off
  HTTParty.get("https://example.com")
end
