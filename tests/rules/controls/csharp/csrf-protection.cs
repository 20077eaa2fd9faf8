public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: csrf-protection
        services.AddAntiforgery();
        // ok: csrf-protection
        services.AddMvc();
    }
}
