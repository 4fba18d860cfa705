using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>For how long work waited for a resource: some of it, and all of it at once. The kernel's pressure stall information.</summary>
internal sealed record Pressure(PressureShare Full, PressureShare Some)
{
    /// <summary>
    /// Reads a file of two lines, of which the kernel may leave out the second.
    /// <code>
    /// some avg10=0.00 avg60=0.12 avg300=0.05 total=123456
    /// full avg10=0.00 avg60=0.00 avg300=0.00 total=1234
    /// </code>
    /// </summary>
    /// <returns>Null where the kernel does not count it.</returns>
    public static Pressure? Read(string path)
    {
        var lines = CgroupFile.Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToDictionary(f => f[0], PressureShare.Parse);
        return lines.TryGetValue("some", out var some) ? new Pressure(lines.GetValueOrDefault("full") ?? PressureShare.None, some) : null;
    }
}

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

/// <summary>The pressure on each resource; null for those that nobody counts.</summary>
internal sealed record Pressures(Pressure? Cpu, Pressure? Memory, Pressure? Io)
{
    public static readonly Pressures None = new(null, null, null);

    /// <summary>Of the whole machine.</summary>
    public static Pressures OfHost(string proc = "/proc") => new(Of(proc, "cpu"), Of(proc, "memory"), Of(proc, "io"));

    /// <summary>Of a group of version 2.</summary>
    public static Pressures OfGroup(string directory) => new(
        Pressure.Read(Path.Combine(directory, "cpu.pressure")), Pressure.Read(Path.Combine(directory, "memory.pressure")), Pressure.Read(Path.Combine(directory, "io.pressure")));

    private static Pressure? Of(string proc, string resource) => Pressure.Read(Path.Combine(proc, "pressure", resource));
}
