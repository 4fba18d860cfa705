namespace Sampan.Client.Metrics;

/// <summary>One series of a histogram.</summary>
public sealed class HistogramValue(double[] buckets)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[buckets.Length + 1];
    private double _sum;

    public void Observe(double value) => Observe(value, 1);

    /// <summary>Counts the same value many times.</summary>
    public void Observe(double value, long times)
    {
        var index = Array.BinarySearch(buckets, value);
        lock (_lock)
        {
            _counts[index < 0 ? ~index : index] += times;
            _sum += value * times;
        }
    }

    internal (long[] Counts, double Sum) Read()
    {
        lock (_lock) return ([.. _counts], _sum);
    }
}
