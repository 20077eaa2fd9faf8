using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [HttpPost("/login")]
    public async Task<IActionResult> Login([FromBody] Credentials credentials)
    {
        var member = await _context.Members.SingleOrDefaultAsync(m => m.Email == credentials.Email);
        if (member == null)
        {
            // ruleid: user-enumeration
            return BadRequest("User not found");
        }
        if (!_hasher.Verify(member.PasswordHash, credentials.Password))
        {
            return BadRequest("Wrong password");
        }
        return Ok(_tokens.Create(member));
    }

    [HttpPost("/api/login")]
    public async Task<IActionResult> LoginQuietly([FromBody] Credentials credentials)
    {
        var member = await _context.Members.SingleOrDefaultAsync(m => m.Email == credentials.Email);
        if (member == null || !_hasher.Verify(member.PasswordHash, credentials.Password))
        {
            // ok: user-enumeration
            return BadRequest("Invalid user or password");
        }
        return Ok(_tokens.Create(member));
    }
}
