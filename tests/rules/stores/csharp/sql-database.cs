public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: sql-database
        var connection = new SqlConnection(text);
        // ok: sql-database
        connection.Open();
    }
}
