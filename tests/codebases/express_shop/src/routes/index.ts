import { Router, type Express } from 'express'
import orders from './orders'
import admin from './admin'
import { API_PREFIX } from '../lib/constants'

const table = [
  { path: '/orders', router: orders },
  { path: '/admin', router: admin },
]

export function mountAll(app: Express) {
  const api = Router()
  for (const { path, router } of table) {
    api.use(path, router)
  }
  app.use(API_PREFIX, api)
}
