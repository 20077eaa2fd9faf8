const nodemailer = require('nodemailer')
// ruleid: mail
nodemailer.createTransport({ host: 'mail.example.org' })
// ok: mail
nodemailer.createTestAccount()
