def cipher
  # ruleid: weak-cipher
  OpenSSL::Cipher.new("des-ede3-cbc")
  # ruleid: weak-cipher
  OpenSSL::Cipher.new("aes-128-ecb")
  # ok: weak-cipher
  OpenSSL::Cipher.new("aes-256-gcm")
end
