public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: secure-random
        RandomNumberGenerator.GetBytes(32);
        // ok: secure-random
        Guid.NewGuid();
    }
}
