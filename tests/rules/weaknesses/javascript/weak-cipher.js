const crypto = require('crypto')
// ruleid: weak-cipher
crypto.createCipheriv('aes-128-ecb', key, '')
// ok: weak-cipher
crypto.createCipheriv('aes-256-gcm', key, nonce)
