public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: http-client
        client.GetStringAsync("https://api.example.com/x");
        // ok: http-client
        cache.GetAsync("key");
    }
}
