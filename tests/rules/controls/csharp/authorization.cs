public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: authorization
        app.UseAuthorization();
        // ok: authorization
        app.UseRouting();
    }
}
