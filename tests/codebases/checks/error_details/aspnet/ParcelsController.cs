using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [HttpPost("a")]
    public async Task<IActionResult> Broad([FromBody] ParcelForm form)
    {
        try
        {
            _context.Parcels.Add(new Parcel { Note = form.Note });
            await _context.SaveChangesAsync();
        }
        catch (Exception error)
        {
            // ruleid: error-details-to-caller
            return BadRequest(error.Message);
        }
        return Ok();
    }

    [HttpPost("b")]
    public async Task<IActionResult> Own([FromBody] ParcelForm form)
    {
        try
        {
            _depot.Take(form.Note);
        }
        catch (DepotFullException error)
        {
            // ok: error-details-to-caller
            return BadRequest(error.Message);
        }
        return Ok();
    }
}
