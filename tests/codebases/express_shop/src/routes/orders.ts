import { Router } from 'express'
import { OrdersController } from '../controllers/orders.controller'
import { remember, session } from '../middleware/session'

const router = Router()
const controller = new OrdersController(new Map())

router.get('/open', remember, controller.list)
router.use(session)
router.route('/')
  .get(controller.list)
  .post(OrdersController.create)
router.get('/:id(\\d+)', controller.show.bind(controller))

export default router
