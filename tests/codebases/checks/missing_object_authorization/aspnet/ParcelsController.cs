using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [Authorize]
    [HttpGet("{id}")]
    public async Task<IActionResult> Get(int id)
    {
        // ruleid: missing-object-authorization
        var parcel = await _context.Parcels.FirstOrDefaultAsync(p => p.Id == id);
        return parcel == null ? NotFound() : Ok(parcel);
    }

    [Authorize]
    [HttpGet("own/{id}")]
    public async Task<IActionResult> Own(int id)
    {
        var owner = User.FindFirstValue(ClaimTypes.NameIdentifier);
        // ok: missing-object-authorization
        return Ok(await _context.Parcels.Where(p => p.OwnerId == owner).FirstOrDefaultAsync(p => p.Id == id));
    }

    [Authorize]
    [HttpDelete("{id}")]
    public async Task<IActionResult> Remove(int id)
    {
        var parcel = await _context.Parcels.FindAsync(id);
        // ruleid: missing-object-authorization
        _context.Parcels.Remove(parcel);
        await _context.SaveChangesAsync();
        return NoContent();
    }

    [Authorize]
    [HttpPut("{id}")]
    public async Task<IActionResult> Change(int id, [FromBody] ParcelForm form)
    {
        // ok: missing-object-authorization
        var parcel = await _context.Parcels.FindAsync(id);
        if (parcel.OwnerId != User.Identity.Name)
        {
            return Forbid();
        }
        parcel.Note = form.Note;
        await _context.SaveChangesAsync();
        return NoContent();
    }

    [Authorize(Roles = "clerk")]
    [HttpDelete("any/{id}")]
    public async Task<IActionResult> RemoveAny(int id)
    {
        // ok: missing-object-authorization
        var parcel = await _context.Parcels.FindAsync(id);
        _context.Remove(parcel);
        await _context.SaveChangesAsync();
        return NoContent();
    }
}
