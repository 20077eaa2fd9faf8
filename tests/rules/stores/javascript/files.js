const fs = require('fs')
// ruleid: files
fs.writeFileSync('notes.txt', text)
// ok: files
fs.watch('notes.txt')
