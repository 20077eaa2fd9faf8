public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: path-traversal
        var text = System.IO.File.ReadAllText(Path.Combine("files", given));
        // ruleid: path-traversal
        return PhysicalFile("/srv/" + given, "text/plain");
        // ok: path-traversal
        var other = System.IO.File.ReadAllText(Path.Combine("files", Path.GetFileName(given)));
    }
}
