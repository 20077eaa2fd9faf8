function note (user) {
  // ruleid: sensitive-log
  console.log('login', user.password)
  // ok: sensitive-log
  console.log('login', user.name)
}
