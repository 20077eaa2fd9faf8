// ruleid: insecure-random
const token = Math.random().toString(36)
// ok: insecure-random
const delay = Math.random() * 10
