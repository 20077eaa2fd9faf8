public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: sql-injection
        var cmd = new SqlCommand("SELECT * FROM items WHERE name = '" + given + "'", connection);
        // ok: sql-injection
        var safe = new SqlCommand("SELECT * FROM items WHERE name = @name", connection);
        safe.Parameters.AddWithValue("@name", given);
        // ruleid: sql-injection
        var rows = db.Items.FromSqlRaw($"SELECT * FROM items WHERE name = '{given}'").ToList();
        // ok: sql-injection
        var others = db.Items.FromSqlRaw($"SELECT * FROM items WHERE id = {number}").ToList();
        // ruleid: sql-injection
        cmd.CommandText = $"DELETE FROM items WHERE name = '{given}'";
    }
}
