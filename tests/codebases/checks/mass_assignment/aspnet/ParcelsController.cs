using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("parcels")]
public class ParcelsController : ControllerBase
{
    private readonly DepotContext _context;

    [Authorize]
    [HttpPost]
    public async Task<IActionResult> Create([FromBody] Member member)
    {
        // ruleid: mass-assignment
        _context.Members.Add(member);
        await _context.SaveChangesAsync();
        return Ok();
    }

    [Authorize]
    [HttpPut]
    public async Task<IActionResult> Change([FromBody] Member changed)
    {
        var member = await _context.Members.FirstOrDefaultAsync(m => m.Email == User.Identity.Name);
        // ruleid: mass-assignment
        _context.Entry(member).CurrentValues.SetValues(changed);
        await _context.SaveChangesAsync();
        return Ok();
    }

    [Authorize]
    [HttpPost("bound")]
    public async Task<IActionResult> CreateBound([Bind("Email")] Member member)
    {
        // ok: mass-assignment
        _context.Members.Add(member);
        await _context.SaveChangesAsync();
        return Ok();
    }

    [Authorize]
    [HttpPost("form")]
    public async Task<IActionResult> CreateByForm([FromBody] ParcelForm form)
    {
        // ok: mass-assignment
        _context.Parcels.Add(new Parcel { Note = form.Note, OwnerId = User.Identity.Name });
        await _context.SaveChangesAsync();
        return Ok();
    }
}
