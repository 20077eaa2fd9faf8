public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: ssrf
        var page = new HttpClient().GetStringAsync(given);
        // ok: ssrf
        var fixedHost = new HttpClient().GetStringAsync("https://api.example.com/items/" + given);
        // ruleid: ssrf
        var request = WebRequest.Create(given);
    }
}
