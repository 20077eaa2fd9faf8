import jwt from 'jsonwebtoken'
import { Unauthorized } from './problems'

export function session(req, res, next) {
  const [, token] = (req.headers.authorization ?? '').split(' ')
  try {
    req.user = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] })
    next()
  } catch (error) {
    next(new Unauthorized('sign in first'))
  }
}

export const only = (...wanted: string[]) => (req, res, next) => {
  if (!wanted.includes(req.user.role)) {
    return res.status(403).json({ error: 'not yours' })
  }
  next()
}

export function remember(req, res, next) {
  if (req.headers.authorization) req.token = req.headers.authorization
  next()
}
