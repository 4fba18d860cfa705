namespace Sampan.Client.Events;

/// <summary>A token bucket: 25 events at once, then one in five minutes.</summary>
internal sealed class EventBudget(TimeProvider time)
{
    private const double Burst = 25;
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);
    private double _tokens = Burst;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + time.GetElapsedTime(_at, now) / Refill);
        _at = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
