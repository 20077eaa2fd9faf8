const mongoose = require('mongoose')
// ruleid: mongodb
mongoose.connect('mongodb://db/app')
// ok: mongodb
other.connect('x')
