public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: weak-hash
        var hash = MD5.Create();
        // ok: weak-hash
        var good = SHA256.Create();
    }
}
