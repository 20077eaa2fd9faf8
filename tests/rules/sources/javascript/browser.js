// ruleid: browser
document.write(location.search)
// ok: browser
document.write(document.title)
