class Page {
  show (text: string) {
    // ruleid: escaping-bypassed
    this.html = this.sanitizer.bypassSecurityTrustHtml(text)
    // ok: escaping-bypassed
    this.html = this.sanitizer.bypassSecurityTrustHtml('<b>fixed</b>')
  }
}
