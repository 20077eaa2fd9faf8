export class OrdersController {
  constructor(private readonly store: Map<string, unknown>) {}

  list = async ({ query }, res) => {
    res.json([...this.store.values()].slice(0, Number(query.limit)))
  }

  show(req, res) {
    const id = req.params.id
    res.set('X-Trace', req.get('X-Request-Id')).json(this.store.get(id))
  }

  static create(req, res) {
    const body = req.body
    res.status(201).json({ item: body.item, coupon: req.cookies['coupon'] })
  }
}
