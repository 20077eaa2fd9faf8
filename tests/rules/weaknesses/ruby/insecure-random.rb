def make_token
  # ruleid: insecure-random
  token = rand(10**10).to_s
  # ok: insecure-random
  token = SecureRandom.hex(16)
end

def pick_color
  # ok: insecure-random
  color = rand(255)
end
