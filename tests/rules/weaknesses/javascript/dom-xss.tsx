export function Page ({ comment }) {
  const element = document.getElementById('a')
  // ruleid: dom-xss
  element.innerHTML = location.hash
  // ok: dom-xss
  element.textContent = location.hash
  // ruleid: dom-xss
  return <p dangerouslySetInnerHTML={{ __html: comment }} />
}
