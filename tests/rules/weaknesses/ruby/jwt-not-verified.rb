def read(token)
  # ruleid: jwt-not-verified
  JWT.decode(token, nil, false)
  # ok: jwt-not-verified
  JWT.decode(token, key, true, algorithm: "HS256")
end
