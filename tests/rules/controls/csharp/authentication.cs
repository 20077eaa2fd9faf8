public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: authentication
        services.AddAuthentication("Bearer");
        // ok: authentication
        services.AddMvc();
    }
}
