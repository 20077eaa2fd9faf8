const DOMPurify = require('dompurify')
// ruleid: output-escaping
DOMPurify.sanitize(text)
// ok: output-escaping
text.trim()
