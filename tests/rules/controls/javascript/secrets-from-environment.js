// ruleid: secrets-from-environment
const secret = process.env.SESSION_SECRET
// ok: secrets-from-environment
const language = process.env.LANGUAGE
