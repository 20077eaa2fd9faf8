public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: hardcoded-key
        var signingKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("the-key-of-this-application"));
        // ok: hardcoded-key
        var otherKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]));
        // ok: hardcoded-key
        var greeting = Encoding.UTF8.GetBytes("hello");
    }
}
