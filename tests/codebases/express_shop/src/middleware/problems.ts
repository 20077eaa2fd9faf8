export class Unauthorized extends Error {
  status = 401
}
