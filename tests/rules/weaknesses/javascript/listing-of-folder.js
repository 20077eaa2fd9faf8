const serveIndex = require('serve-index')
// ruleid: listing-of-folder
app.use('/files', serveIndex('files'))
// ok: listing-of-folder
app.use('/files', express.static('files'))
