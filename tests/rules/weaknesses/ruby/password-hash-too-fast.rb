def store(password, body)
  # ruleid: password-hash-too-fast
  Digest::SHA256.hexdigest(password)
  # ok: password-hash-too-fast
  BCrypt::Password.create(password)
  # ok: password-hash-too-fast
  Digest::SHA256.hexdigest(body)
end
