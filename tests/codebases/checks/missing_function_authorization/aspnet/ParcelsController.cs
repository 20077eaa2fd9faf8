using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    // ruleid: missing-function-authorization
    [Authorize]
    [HttpPost("/admin/members/remove")]
    public async Task<IActionResult> Remove([FromBody] Credentials who)
    {
        var member = await _context.Members.SingleAsync(m => m.Email == who.Email);
        _context.Members.Remove(member);
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ok: missing-function-authorization
    [Authorize(Roles = "admin")]
    [HttpPost("/admin/members/lock")]
    public async Task<IActionResult> Lock([FromBody] Credentials who)
    {
        var member = await _context.Members.SingleAsync(m => m.Email == who.Email);
        _context.Members.Remove(member);
        await _context.SaveChangesAsync();
        return Ok();
    }
}
