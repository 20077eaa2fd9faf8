using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [Authorize]
    [HttpGet("members/{id}")]
    public async Task<IActionResult> Show(int id)
    {
        var member = await _context.Members.FindAsync(id);
        // ruleid: excessive-exposure
        return Ok(member);
    }

    [Authorize]
    [HttpGet("members/{id}/mail")]
    public async Task<IActionResult> Mail(int id)
    {
        var member = await _context.Members.FindAsync(id);
        // ok: excessive-exposure
        return Ok(member.Email);
    }
}
