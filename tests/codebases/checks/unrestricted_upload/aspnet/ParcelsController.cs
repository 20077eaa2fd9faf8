using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [Authorize]
    [HttpPost("scan")]
    public async Task<IActionResult> Scan(IFormFile file)
    {
        using var stream = new FileStream(Path.Combine("scans", Path.GetRandomFileName()), FileMode.Create);
        // ruleid: unrestricted-upload
        await file.CopyToAsync(stream);
        return Ok();
    }

    [Authorize]
    [HttpPost("photo")]
    public async Task<IActionResult> Photo(IFormFile file)
    {
        if (!Allowed.Contains(Path.GetExtension(file.FileName)))
        {
            return BadRequest();
        }
        using var stream = new FileStream(Path.Combine("photos", Path.GetRandomFileName()), FileMode.Create);
        // ok: unrestricted-upload
        await file.CopyToAsync(stream);
        return Ok();
    }
}
