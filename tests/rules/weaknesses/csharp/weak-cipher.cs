public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: weak-cipher
        var des = DES.Create();
        // ruleid: weak-cipher
        aes.Mode = CipherMode.ECB;
        // ok: weak-cipher
        var aes = Aes.Create();
    }
}
