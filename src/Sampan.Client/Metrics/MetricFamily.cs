using System.Globalization;
using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>All series of one metric name.</summary>
public abstract class MetricFamily(string name, string help, string type, string[] labels)
{
    public string Name { get; } = name;

    protected string[] Labels { get; } = labels;

    internal void Write(StringBuilder output)
    {
        output.Append("# HELP ").Append(Name).Append(' ').AppendLine(help);
        output.Append("# TYPE ").Append(Name).Append(' ').AppendLine(type);
        WriteSeries(output);
    }

    protected abstract void WriteSeries(StringBuilder output);

    protected string LabelText(string[] values)
    {
        if (values.Length != Labels.Length)
            throw new ArgumentException($"{Name} has the labels {string.Join(", ", Labels)}, not {values.Length} values");
        return string.Join(',', Labels.Zip(values, (label, value) => $"{label}=\"{Escape(value)}\""));
    }

    protected static void Line(StringBuilder output, string name, string labels, double value)
    {
        output.Append(name);
        if (labels.Length > 0) output.Append('{').Append(labels).Append('}');
        output.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Text(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
