namespace Sampan.Kubelet.Cgroups;

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
