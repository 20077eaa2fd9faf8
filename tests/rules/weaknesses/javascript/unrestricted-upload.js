const multer = require('multer')
// ruleid: unrestricted-upload
const one = multer({ dest: '/srv/in' })
// ok: unrestricted-upload
const two = multer({ dest: '/srv/in', fileFilter: onlyImages })
