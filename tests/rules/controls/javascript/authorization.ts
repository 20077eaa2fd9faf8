class Users {
  // ruleid: authorization
  @Roles('admin')
  remove () {}

  // ok: authorization
  @Cached('a')
  list () {}
}
