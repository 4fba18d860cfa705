using System.Globalization;
using System.Text;

namespace Sampan.Scale;

/// <summary>Draws a run as an SVG picture: pods bound a second and resident memory over time.</summary>
internal static class Curve
{
    private const int Width = 760;
    private const int Height = 360;
    private const int Left = 70;
    private const int Right = 70;
    private const int Top = 50;
    private const int Bottom = 50;
    private const int Points = 120;

    public static string Draw(IReadOnlyList<Sample> samples, string title)
    {
        var rates = Rates(samples);
        var (seconds, rate, memory) = (samples[^1].Seconds, Round(rates.Max(r => r.Rate)), Round(samples.Max(s => s.ResidentMb)));
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"22\" font-size=\"15\" fill=\"#222\">{title}</text>");
        Line(svg, $"<text x=\"{Left}\" y=\"40\" fill=\"#1f6feb\">pods bound a second</text><text x=\"{Width - Right}\" y=\"40\" fill=\"#b35900\" text-anchor=\"end\">resident memory, MB</text>");
        for (var i = 0; i <= 4; i++)
        {
            var y = Y(i, 4);
            Line(svg, $"<line x1=\"{Left}\" y1=\"{y}\" x2=\"{Width - Right}\" y2=\"{y}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4}\" text-anchor=\"end\" fill=\"#1f6feb\">{rate * i / 4:#,0}</text>");
            Line(svg, $"<text x=\"{Width - Right + 8}\" y=\"{y + 4}\" fill=\"#b35900\">{memory * i / 4:#,0}</text>");
            Line(svg, $"<text x=\"{X(i, 4)}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\" fill=\"#222\">{seconds * i / 4:0} s</text>");
        }
        Polyline(svg, "#1f6feb", rates.Select(r => (X(r.Seconds, seconds), Y(r.Rate, rate))));
        Polyline(svg, "#b35900", Thin(samples).Select(s => (X(s.Seconds, seconds), Y(s.ResidentMb, memory))));
        return svg.Append("</svg>\n").ToString();
    }

    private static List<(double Seconds, double Rate)> Rates(IReadOnlyList<Sample> samples)
    {
        var rates = new List<(double, double)>();
        var before = samples[0];
        foreach (var sample in Thin(samples).Skip(1))
        {
            rates.Add((sample.Seconds, (sample.Bound - before.Bound) / (sample.Seconds - before.Seconds)));
            before = sample;
        }
        return rates.Count > 0 ? rates : [(0, 0)];
    }

    private static IEnumerable<Sample> Thin(IReadOnlyList<Sample> samples)
    {
        var step = Math.Max(1, samples.Count / Points);
        return samples.Where((_, i) => i % step == 0);
    }

    private static double Round(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, highest))));
        return Math.Ceiling(highest / power * 2) / 2 * power;
    }

    private static double X(double value, double highest) => Left + ((Width - Left - Right) * (highest == 0 ? 0 : value / highest));

    private static double Y(double value, double highest) => Height - Bottom - ((Height - Top - Bottom) * (highest == 0 ? 0 : value / highest));

    private static void Polyline(StringBuilder svg, string color, IEnumerable<(double X, double Y)> points) =>
        Line(svg, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.0},{p.Y:0.0}")))}\"/>");

    private static void Line(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
