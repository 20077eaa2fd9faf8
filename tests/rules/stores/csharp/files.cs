public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: files
        File.ReadAllText("a");
        // ok: files
        File.Exists("a");
    }
}
