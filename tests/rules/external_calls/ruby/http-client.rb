def call
  # ruleid: http-client
  HTTParty.get("https://example.com/a")
  # ok: http-client
  parse("https://example.com/a")
end
