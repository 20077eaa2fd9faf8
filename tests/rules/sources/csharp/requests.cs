public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: requests
        Process.Start(given);
        // ruleid: requests
        Process.Start(Request.Query["name"]);
        // ok: requests
        Process.Start("/bin/true");
    }
}
