using System.Globalization;
using Sampan.Api;

namespace Sampan.Proxy.Configuration;

/// <summary>What the configuration sets on the host and on this process besides the rules. It needs full root rights.</summary>
/// <param name="configuration">What is wished.</param>
/// <param name="proc">Where the kernel shows its settings.</param>
public sealed class HostSettings(KubeProxyConfiguration configuration, string proc = "/proc")
{
    private const string Netfilter = "sys/net/netfilter/nf_conntrack_";

    /// <summary>Sets everything that is given and differs.</summary>
    /// <returns>What could not be set, and why.</returns>
    public IReadOnlyList<string> Apply(int cores)
    {
        var problems = new List<string>();
        foreach (var (path, value) in Wanted(cores))
        {
            string file = Path.Combine(proc, path);
            try
            {
                if (File.ReadAllText(file).Trim() != value) File.WriteAllText(file, value);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{file} could not be set to {value}: {e.Message}");
            }
        }

        return problems;
    }

    private IEnumerable<(string Path, string Value)> Wanted(int cores)
    {
        if (configuration.OomScoreAdj is { } score) yield return ("self/oom_score_adj", Text(score));
        if (configuration.Conntrack is not { } conntrack) yield break;
        if (conntrack.MaxPerCore is > 0 and var perCore) yield return (Netfilter + "max", Text(Math.Max(perCore * cores, conntrack.Min ?? 0)));
        foreach (var (name, given) in new[]
        {
            ("tcp_timeout_established", conntrack.TcpEstablishedTimeout), ("tcp_timeout_close_wait", conntrack.TcpCloseWaitTimeout),
            ("udp_timeout", conntrack.UdpTimeout), ("udp_timeout_stream", conntrack.UdpStreamTimeout),
        })
        {
            if (Duration.TryParse(given ?? "", out var time) && time.ToTimeSpan().TotalSeconds >= 1) yield return (Netfilter + name, Text((long)time.ToTimeSpan().TotalSeconds));
        }

        if (conntrack.TcpBeLiberal == true) yield return (Netfilter + "tcp_be_liberal", "1");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
