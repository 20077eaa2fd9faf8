const fs = require('fs')
function unzip (entry, folder) {
  // ruleid: zip-slip
  fs.createWriteStream(folder + '/' + entry.path)
  // ok: zip-slip
  fs.createWriteStream('/srv/out.bin')
}
