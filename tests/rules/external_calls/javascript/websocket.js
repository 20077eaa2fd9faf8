// ruleid: websocket
const socket = new WebSocket('wss://live.example.org')
// ok: websocket
const other = new Socket('x')
