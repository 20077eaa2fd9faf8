const axios = require('axios')
// ruleid: http-client
axios.get('https://api.example.org/items')
// ok: http-client
axios.isCancel('https://api.example.org/items')
