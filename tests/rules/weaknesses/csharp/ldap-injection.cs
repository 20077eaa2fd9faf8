public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        var searcher = new DirectorySearcher(root);
        // ruleid: ldap-injection
        searcher.Filter = "(uid=" + given + ")";
        // ok: ldap-injection
        searcher.Filter = "(uid=admin)";
    }
}
