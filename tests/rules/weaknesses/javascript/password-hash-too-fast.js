const crypto = require('crypto')
function store (password, text) {
  // ruleid: password-hash-too-fast
  crypto.createHash('sha256').update(password)
  // ok: password-hash-too-fast
  crypto.createHash('sha256').update(text)
}
