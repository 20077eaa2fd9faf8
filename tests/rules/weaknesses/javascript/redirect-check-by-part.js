function isAllowed (url, allowedUrl) {
  // ruleid: redirect-check-by-part
  if (url.includes(allowedUrl)) return true
  // ok: redirect-check-by-part
  return url === allowedUrl
}
