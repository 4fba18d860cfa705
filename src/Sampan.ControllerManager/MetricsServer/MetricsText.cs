using System.Globalization;
using System.Text;

namespace Sampan.ControllerManager.MetricsServer;

/// <summary>Reads Prometheus' text format, of which kubelets use samples with labels and times in milliseconds.</summary>
internal static class MetricsText
{
    /// <exception cref="FormatException">A line is no sample.</exception>
    public static IEnumerable<MetricSample> Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#') yield return Sample(trimmed);
        }
    }

    private static MetricSample Sample(string line)
    {
        var end = line.AsSpan().IndexOfAny('{', ' ', '\t');
        if (end <= 0) throw Wrong(line);
        var labels = new Dictionary<string, string>();
        var at = line[end] == '{' ? Labels(line, end + 1, labels) : end;
        var rest = line[at..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (rest.Length is 0 or > 2 || !double.TryParse(rest[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) throw Wrong(line);
        if (rest.Length == 1) return new(line[..end], labels, value, null);
        return long.TryParse(rest[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            ? new(line[..end], labels, value, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : throw Wrong(line);
    }

    /// <summary>Returns where the text goes on after the closing brace.</summary>
    private static int Labels(string line, int at, Dictionary<string, string> labels)
    {
        while (at < line.Length)
        {
            if (line[at] == '}') return at + 1;
            if (line[at] is ',' or ' ')
            {
                at++;
                continue;
            }

            var equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
            if (equals < 0) break;
            var name = line[at..equals].Trim();
            (labels[name], at) = Quoted(line, equals + 2);
        }

        throw Wrong(line);
    }

    private static (string Value, int Next) Quoted(string line, int at)
    {
        var value = new StringBuilder();
        for (; at < line.Length; at++)
        {
            if (line[at] == '"') return (value.ToString(), at + 1);
            if (line[at] == '\\' && at + 1 < line.Length) value.Append(line[++at] == 'n' ? '\n' : line[at]);
            else value.Append(line[at]);
        }

        throw Wrong(line);
    }

    private static FormatException Wrong(string line) => new($"\"{line}\" is no sample of a metric");
}
