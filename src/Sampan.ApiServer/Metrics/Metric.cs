using System.Globalization;
using System.Text;

namespace Sampan.ApiServer.Metrics;

/// <summary>A named family of series, one for each combination of label values.</summary>
public abstract class Metric(string name, string help, string type, string[] labels)
{
    public string Name { get; } = name;

    internal void Render(StringBuilder text)
    {
        text.Append("# HELP ").Append(Name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(type).Append('\n');
        RenderSeries(text);
    }

    internal abstract void RenderSeries(StringBuilder text);

    private protected string Series(string suffix, LabelValues values, string extra = "")
    {
        var text = new StringBuilder(Name).Append(suffix);
        if (labels.Length == 0 && extra.Length == 0)
        {
            return text.ToString();
        }
        text.Append('{');
        for (var i = 0; i < labels.Length; i++)
        {
            text.Append(i > 0 ? "," : "").Append(labels[i]).Append("=\"").Append(Escape(values[i])).Append('"');
        }
        return text.Append(labels.Length > 0 && extra.Length > 0 ? "," : "").Append(extra).Append('}').ToString();
    }

    private protected static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
