using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    // ruleid: missing-csrf-protection
    [Authorize]
    [HttpPost]
    public async Task<IActionResult> Create([FromForm] ParcelForm form)
    {
        _context.Parcels.Add(new Parcel { Note = form.Note, OwnerId = User.Identity.Name });
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ok: missing-csrf-protection
    [Authorize]
    [ValidateAntiForgeryToken]
    [HttpPost("safe")]
    public async Task<IActionResult> CreateSafely([FromForm] ParcelForm form)
    {
        _context.Parcels.Add(new Parcel { Note = form.Note, OwnerId = User.Identity.Name });
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ok: missing-csrf-protection
    [Authorize]
    [HttpGet("{id}")]
    public async Task<IActionResult> Get(int id)
    {
        return Ok(await _context.Parcels.FindAsync(id));
    }
}
