public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: insecure-cookie
        var open = new CookieOptions { HttpOnly = false };
        // ok: insecure-cookie
        var good = new CookieOptions { HttpOnly = true, Secure = true };
    }
}
