// ruleid: secret-store
import vault from 'node-vault'
// ok: secret-store
import other from 'other'
