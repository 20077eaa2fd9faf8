def fetch
  # ruleid: ssrf
  Net::HTTP.get(URI.parse(params[:url]))
  # ruleid: ssrf
  HTTParty.get(params[:url])
  # ok: ssrf
  HTTParty.get("https://api.example.com/v1/#{params[:id]}")
  # ok: ssrf
  Faraday.get("https://example.com")
end
