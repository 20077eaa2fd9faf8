public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: command-injection
        Process.Start("cmd.exe", "/c dir " + given);
        // ruleid: command-injection
        var info = new ProcessStartInfo { FileName = "sh", Arguments = "-c " + given };
        // ok: command-injection
        Process.Start("notepad.exe");
    }
}
