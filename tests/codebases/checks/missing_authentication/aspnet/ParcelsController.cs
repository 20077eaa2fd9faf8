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
        return Ok(await _context.Parcels.FindAsync(id));
    }

    // ruleid: missing-authentication
    [HttpPost]
    public async Task<IActionResult> Create([FromBody] ParcelForm form)
    {
        _context.Parcels.Add(new Parcel { Note = form.Note });
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ok: missing-authentication
    [Authorize]
    [HttpPut("{id}")]
    public async Task<IActionResult> Change(int id, [FromBody] ParcelForm form)
    {
        var parcel = await _context.Parcels.FindAsync(id);
        parcel.Note = form.Note;
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ruleid: missing-authentication
    [HttpDelete("{id}")]
    public async Task<IActionResult> Remove(int id)
    {
        var parcel = await _context.Parcels.FindAsync(id);
        _context.Parcels.Remove(parcel);
        await _context.SaveChangesAsync();
        return Ok();
    }

    // ok: missing-authentication
    [HttpGet("count")]
    public async Task<IActionResult> Count()
    {
        return Ok(await _context.Parcels.CountAsync());
    }
}
