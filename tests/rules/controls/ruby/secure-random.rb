def token
  # ruleid: secure-random
  SecureRandom.hex(16)
  # ok: secure-random
  rand(5)
end
