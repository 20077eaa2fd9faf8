export function health(_req, res) {
  res.json({ up: true })
}
