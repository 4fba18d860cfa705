namespace Sampan.Kubelet;

/// <summary>Lets so many things happen in a second, and a burst of them at once after a quiet time.</summary>
/// <param name="rate">In a second; none or less for any number.</param>
/// <param name="burst">At once.</param>
/// <param name="time">Fills it.</param>
internal sealed class TokenBucket(double rate, double burst, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _taken;
    private long _filledAt = time.GetTimestamp();

    /// <returns>False when too much happened lately.</returns>
    public bool TryTake()
    {
        if (rate <= 0)
        {
            return true;
        }

        lock (_lock)
        {
            _taken = Math.Max(0, _taken - (time.GetElapsedTime(_filledAt).TotalSeconds * rate));
            _filledAt = time.GetTimestamp();
            if (_taken + 1 > burst)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }
}
