const libxml = require('libxmljs')
function parse (text) {
  // ruleid: xxe
  libxml.parseXml(text, { noent: true })
  // ok: xxe
  libxml.parseXml(text, { noent: false })
}
