namespace Sampan.Client;

/// <summary>Waits that grow from <paramref name="first"/> to <paramref name="longest"/> by doubling, each with up to half of jitter.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var factor = Math.Pow(2, Math.Min(_failures++, 30));
        var wait = Math.Min(first.TotalMilliseconds * factor, longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(wait * (1 + Random.Shared.NextDouble() / 2));
    }
}
