public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ok: open-redirect
        if (Url.IsLocalUrl(given)) { return Redirect(given); }
        // ok: open-redirect
        var local = LocalRedirect(given);
        // ruleid: open-redirect
        return Redirect(given);
    }
}
