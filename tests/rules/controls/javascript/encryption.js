const crypto = require('crypto')
// ruleid: encryption
crypto.createCipheriv('aes-256-gcm', key, nonce)
// ok: encryption
crypto.createCipheriv('aes-256-cbc', key, nonce)
