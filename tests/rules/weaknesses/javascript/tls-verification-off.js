const https = require('https')
// ruleid: tls-verification-off
const one = new https.Agent({ rejectUnauthorized: false })
// ok: tls-verification-off
const two = new https.Agent({ rejectUnauthorized: true })

// ruleid: tls-verification-off
tls.connect({ host: "example.org", checkServerIdentity: () => undefined });
// ok: tls-verification-off
tls.connect({ host: "example.org", checkServerIdentity: (host, cert) => pinned(host, cert) });
