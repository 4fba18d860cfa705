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
