public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: rate-limiting
        app.UseRateLimiter();
        // ok: rate-limiting
        app.UseRouting();
    }
}
