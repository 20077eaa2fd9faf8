public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: cross-site-scripting
        var raw = new HtmlString("<b>" + given + "</b>");
        // ruleid: cross-site-scripting
        return Content("<p>" + given, "text/html");
        // ok: cross-site-scripting
        var encoded = new HtmlString(HttpUtility.HtmlEncode(given));
        // ok: cross-site-scripting
        return Content(given, "text/plain");
    }
}
