function run (stored) {
  // ruleid: dynamic-code
  eval(stored.rule)
  // ok: dynamic-code
  eval('1 + 1')
}
