public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: password-hashing
        hasher.HashPassword(user, given);
        // ok: password-hashing
        hasher.ToString();
    }
}
