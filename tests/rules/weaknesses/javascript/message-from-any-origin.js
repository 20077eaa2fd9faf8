// ruleid: message-from-any-origin
parent.postMessage({ token }, '*')
// ok: message-from-any-origin
parent.postMessage({ token }, 'https://example.org')
