public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: security-of-transport
        app.UseHsts();
        // ok: security-of-transport
        app.UseRouting();
    }
}
