using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Counts observations by size.</summary>
public sealed class Histogram(string name, string help, double[] buckets, string[] labels)
    : SeriesFamily<HistogramValue>(name, help, "histogram", labels, () => new HistogramValue(buckets))
{
    protected override void WriteSeries(StringBuilder output, string labels, HistogramValue value)
    {
        var data = value.Read();
        var separator = labels.Length > 0 ? "," : "";
        long total = 0;
        for (var i = 0; i < data.Counts.Length; i++)
        {
            total += data.Counts[i];
            var edge = i < buckets.Length ? buckets[i].ToString("R") : "+Inf";
            Line(output, $"{Name}_bucket", $"{labels}{separator}le=\"{edge}\"", total);
        }

        Line(output, $"{Name}_sum", labels, data.Sum);
        Line(output, $"{Name}_count", labels, total);
    }
}
