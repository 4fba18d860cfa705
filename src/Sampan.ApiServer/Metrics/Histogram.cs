using System.Collections.Concurrent;
using System.Text;

namespace Sampan.ApiServer.Metrics;

/// <summary>Counts observations by upper bound.</summary>
public sealed class Histogram(string name, string help, double[] bounds, string[] labels) : Metric(name, help, "histogram", labels)
{
    private readonly ConcurrentDictionary<LabelValues, Buckets> _series = new();

    public void Observe(double value, params string[] values) =>
        _series.GetOrAdd(new LabelValues(values), static (_, count) => new Buckets(count), bounds.Length).Observe(bounds, value);

    internal override void RenderSeries(StringBuilder text)
    {
        foreach (var (values, buckets) in _series)
        {
            var (counts, sum) = buckets.Read();
            long total = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                total += counts[i];
                var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
                text.Append(Series("_bucket", values, $"le=\"{bound}\"")).Append(' ').Append(total).Append('\n');
            }
            text.Append(Series("_sum", values)).Append(' ').Append(Number(sum)).Append('\n');
            text.Append(Series("_count", values)).Append(' ').Append(total).Append('\n');
        }
    }

    /// <summary>One count per bound and one for the values above them all.</summary>
    private sealed class Buckets(int bounds)
    {
        private readonly long[] _counts = new long[bounds + 1];
        private readonly Lock _lock = new();
        private double _sum;

        public void Observe(double[] upper, double value)
        {
            var index = Array.BinarySearch(upper, value);
            lock (_lock)
            {
                _counts[index < 0 ? ~index : index]++;
                _sum += value;
            }
        }

        public (long[] Counts, double Sum) Read()
        {
            lock (_lock)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
