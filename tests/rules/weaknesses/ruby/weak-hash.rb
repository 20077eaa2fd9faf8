def digest(password)
  # ruleid: weak-hash
  Digest::MD5.hexdigest(password)
  # ruleid: weak-hash
  OpenSSL::Digest.new("sha1")
  # ok: weak-hash
  Digest::SHA256.hexdigest(password)
end

def etag(body)
  # ok: weak-hash
  Digest::MD5.hexdigest(body)
end
