// ruleid: browser-storage
localStorage.setItem('token', token)
// ok: browser-storage
storage.other('token')
