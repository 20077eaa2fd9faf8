import express from 'express'
import { only, session } from '../middleware/session'

const router = express.Router()
const guards = [session, only('admin')]

router.delete('/orders/:id', guards, function remove(req, res) {
  res.sendStatus(204)
})
router.get('/audit', (req, res) => {
  if (!req.session.user) {
    return res.redirect('/login')
  }
  res.json([])
})

export default router
