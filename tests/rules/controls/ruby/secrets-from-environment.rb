def key
  # ruleid: secrets-from-environment
  ENV.fetch("API_KEY")
  # ok: secrets-from-environment
  "none"
end
