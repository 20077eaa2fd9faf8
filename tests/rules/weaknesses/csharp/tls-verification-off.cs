public class ItemsController : Controller
{
    [HttpGet("x")]
    public IActionResult Act(string given, int number)
    {
        // ruleid: tls-verification-off
        ServicePointManager.ServerCertificateValidationCallback = (a, b, c, d) => true;
        // ruleid: tls-verification-off
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        // ok: tls-verification-off
        handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => b.Thumbprint == pinned;
        // ok: tls-verification-off
        handler.CheckCertificateRevocationList = true;
    }
}
