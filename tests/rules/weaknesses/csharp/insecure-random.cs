public class Numbers
{
    public string NewToken()
    {
        // ruleid: insecure-random
        var token = new Random().Next(100000);
        return token.ToString();
    }

    public int Dice()
    {
        // ok: insecure-random
        return new Random().Next(6);
    }
}
