using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// Parameters of the kernel that a node should have. A kubelet that is told to insists on them; one that is not leaves the
/// host as it is, where upstream's would set them. Upstream: pkg/kubelet/cm, setupKernelTunables.
/// </summary>
internal static class KernelDefaults
{
    private static readonly (string Name, string Wanted)[] Parameters =
    [
        ("kernel/keys/root_maxbytes", "25000000"), ("kernel/keys/root_maxkeys", "1000000"), ("kernel/panic", "10"), ("kernel/panic_on_oops", "1"),
        ("vm/overcommit_memory", "1"), ("vm/panic_on_oom", "0"),
    ];

    /// <exception cref="ConfigurationException">Every parameter that is another.</exception>
    public static void Check(bool insists, string root = "/proc/sys")
    {
        if (!insists)
        {
            return;
        }

        var wrong = Parameters.Select(p => (p.Name, p.Wanted, Actual: Read(Path.Combine(root, p.Name)))).Where(p => p.Actual != p.Wanted).ToList();
        if (wrong.Count > 0)
        {
            throw new ConfigurationException($"[{string.Join(", ", wrong.Select(p => $"invalid kernel flag: {p.Name}, expected value: {p.Wanted}, actual value: {p.Actual}"))}]");
        }
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";
}
