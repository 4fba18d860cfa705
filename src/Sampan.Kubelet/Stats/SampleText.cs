using System.Globalization;
using System.Text;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// Prometheus' text form of samples that each have a time of their own, family by family in the order of their names.
/// <code>
/// # HELP pod_cpu_usage_seconds_total [STABLE] Cumulative cpu time consumed by the pod in core-seconds
/// # TYPE pod_cpu_usage_seconds_total counter
/// pod_cpu_usage_seconds_total{namespace="default",pod="web"} 1.5 1767323045000
/// </code>
/// </summary>
internal sealed class SampleText
{
    private readonly SortedDictionary<string, (string Head, StringBuilder Rows)> _families = new(StringComparer.Ordinal);

    public void Add(string name, string type, string help, double value, DateTimeOffset? at = null, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (!_families.TryGetValue(name, out var family))
        {
            _families[name] = family = ($"# HELP {name} {help}\n# TYPE {name} {type}\n", new StringBuilder());
        }

        var rows = family.Rows.Append(name);
        for (var i = 0; i < labels.Length; i++)
        {
            rows.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escape(labels[i].Value)).Append('"');
        }

        rows.Append(labels.Length > 0 ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture));
        if (at is { } time)
        {
            rows.Append(' ').Append(time.ToUnixTimeMilliseconds());
        }

        rows.Append('\n');
    }

    public override string ToString() => string.Concat(_families.Values.Select(f => f.Head + f.Rows));

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
