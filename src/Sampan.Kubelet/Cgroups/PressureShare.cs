using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>Microseconds in all, and the percentage of the last 10, 60 and 300 seconds.</summary>
internal sealed record PressureShare(long Total, double Avg10, double Avg60, double Avg300)
{
    public static readonly PressureShare None = new(0, 0, 0, 0);

    public static PressureShare Parse(string[] fields)
    {
        var values = fields.Skip(1).Select(f => f.Split('=')).Where(p => p.Length == 2).ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture));
        return new((long)values.GetValueOrDefault("total"), values.GetValueOrDefault("avg10"), values.GetValueOrDefault("avg60"), values.GetValueOrDefault("avg300"));
    }
}
