public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: xxe
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse };
        // ok: xxe
        var safe = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
        // ruleid: xxe
        document.XmlResolver = new XmlUrlResolver();
    }
}
