namespace Sampan.Client.Metrics;

/// <summary>One series of a counter.</summary>
public sealed class CounterValue
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Increment(long by = 1) => Interlocked.Add(ref _value, by);
}
