export function signIn() {
  return async (req, res) => {
    const { email, password } = req.body
    if (!(await check(email, password))) {
      return res.status(401).json({ error: 'wrong' })
    }
    res.json({ ok: true })
  }
}

async function check(email: string, password: string) {
  return email !== '' && password !== ''
}
