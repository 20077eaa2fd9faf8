public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: core
        System.IO.File.ReadAllText("files/" + given);
        // ok: core
        System.IO.File.ReadAllText("files/" + Path.GetFileName(given));
        // ok: core
        System.IO.File.ReadAllText("files/" + int.Parse(given));
        // ok: core
        System.IO.File.ReadAllText("files/" + number);
    }
}
