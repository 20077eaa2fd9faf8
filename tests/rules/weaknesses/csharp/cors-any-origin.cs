public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: cors-any-origin
        policy.AllowAnyOrigin().AllowAnyMethod();
        // ok: cors-any-origin
        policy.WithOrigins("https://app.example.com");
    }
}
