public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: deserialization
        var formatter = new BinaryFormatter();
        // ruleid: deserialization
        var settings = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };
        // ok: deserialization
        var item = JsonSerializer.Deserialize<Item>(given);
    }
}
