public class Parcel
{
    public int Id { get; set; }
    public string OwnerId { get; set; }
    public string Note { get; set; }
}

public class Member
{
    public int Id { get; set; }
    public string Email { get; set; }
    public string PasswordHash { get; set; }
    public string Role { get; set; }
}

public class ParcelForm
{
    public string Note { get; set; }
}

public class Credentials
{
    public string Email { get; set; }
    public string Password { get; set; }
}

public class DepotContext : DbContext
{
    public DbSet<Parcel> Parcels { get; set; }
    public DbSet<Member> Members { get; set; }
}
