public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: encryption
        var cipher = new AesGcm(key);
        // ok: encryption
        var other = Aes.Create();
    }
}
