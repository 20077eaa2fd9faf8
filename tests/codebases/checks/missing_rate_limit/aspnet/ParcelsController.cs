using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    // ruleid: missing-brute-force-protection
    [HttpPost("/login")]
    public async Task<IActionResult> Login([FromBody] Credentials credentials)
    {
        var member = await _context.Members.SingleOrDefaultAsync(m => m.Email == credentials.Email);
        if (member == null || !_hasher.Verify(member.PasswordHash, credentials.Password))
        {
            return Unauthorized();
        }
        return Ok(_tokens.Create(member));
    }

    // ok: missing-brute-force-protection
    [EnableRateLimiting("login")]
    [HttpPost("/api/login")]
    public async Task<IActionResult> LoginSlowly([FromBody] Credentials credentials)
    {
        var member = await _context.Members.SingleOrDefaultAsync(m => m.Email == credentials.Email);
        return member != null && _hasher.Verify(member.PasswordHash, credentials.Password) ? Ok(_tokens.Create(member)) : Unauthorized();
    }

    // ok: missing-brute-force-protection
    [HttpPost("/account/login")]
    public async Task<IActionResult> LoginWithLockout([FromBody] Credentials credentials)
    {
        var result = await _signInManager.PasswordSignInAsync(credentials.Email, credentials.Password, false, lockoutOnFailure: true);
        return result.Succeeded ? Ok() : Unauthorized();
    }
}
