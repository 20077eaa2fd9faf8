import express, { type Request, type Response } from 'express'
import helmet from 'helmet'
import { rateLimit } from 'express-rate-limit'
import multer from 'multer'
import * as path from 'node:path'
import { API_PREFIX } from './lib/constants'
import { mountAll } from './routes'
import { signIn } from './controllers/session.controller'
import { health } from '@lib/health'
import { asyncHandler } from './lib/async.js'
import registerLegacy = require('../legacy/users')

const app = express()
const upload = multer({ dest: 'uploads/' })

app.use(helmet())
app.get(['/healthz', '/livez'], health)
app.post(`${API_PREFIX}/sessions`, rateLimit({ windowMs: 60_000, max: 5 }), asyncHandler(signIn()))
app.post('/pictures', upload.single('picture'), (req: Request, res: Response) => {
  res.json({ name: req.file!.filename, title: req.body.title })
})

mountAll(app)
registerLegacy(app)

app.use('/public', express.static(path.join(__dirname, 'public')))
app.get(/^\/export\/(\w+)\.csv$/, (req, res) => { res.send(req.params[0]) })
app.all('*', (req, res) => { res.status(404).end() })

app.get('view engine')
export default app
