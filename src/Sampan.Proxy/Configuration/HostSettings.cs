using System.Globalization;
using Sampan.Api;

namespace Sampan.Proxy.Configuration;

/// <summary>
/// What a configuration sets on the host and on this process besides the rules. It needs full root rights. Timeouts belong to a
/// network namespace; how many connections there may be belongs to the machine, and the kernel refuses to change that elsewhere.
/// Upstream: pkg/proxy/conntrack/sysctls.go.
/// </summary>
/// <param name="root">The folder that has proc and sys, where the kernel shows its settings.</param>
public sealed class HostSettings(string root = "/")
{
    private const string Netfilter = "proc/sys/net/netfilter/nf_conntrack_", Buckets = "sys/module/nf_conntrack/parameters/hashsize";
    private const string OnlineCores = "sys/devices/system/cpu/online";
    private const int Most = 1 << 20, PerBucket = 4;

    /// <summary>Raises the number of connections when the host allows fewer, and sets what is given and differs.</summary>
    /// <returns>What could not be set, and why.</returns>
    public IReadOnlyList<string> SetConntrack(ConntrackConfiguration conntrack)
    {
        int max = Max(conntrack, Cores());
        return [.. new[]
        {
            max > 0 ? Raise(Netfilter + "max", max) : null,
            max > 0 ? Raise(Buckets, max / PerBucket) : null,
            SetTime("tcp_timeout_established", conntrack.TcpEstablishedTimeout),
            SetTime("tcp_timeout_close_wait", conntrack.TcpCloseWaitTimeout),
            conntrack.TcpBeLiberal == true ? Set(Netfilter + "tcp_be_liberal", 1) : null,
            SetTime("udp_timeout", conntrack.UdpTimeout),
            SetTime("udp_timeout_stream", conntrack.UdpStreamTimeout),
        }.OfType<string>()];
    }

    /// <returns>Why the score of this process could not be set; null when it is.</returns>
    public string? SetOomScore(int score) => Set("proc/self/oom_score_adj", score);

    /// <summary>Zero: as the host has it.</summary>
    private static int Max(ConntrackConfiguration conntrack, int cores) =>
        conntrack.MaxPerCore is not (> 0 and var perCore) ? 0
        : (long)perCore * cores > Most ? Most
        : Math.Max(perCore * cores, conntrack.Min ?? 0);

    /// <summary>Those of the machine, as the limit is the machine's: this process may have fewer. The list is as "0-3,8".</summary>
    private int Cores()
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, OnlineCores)).Trim().Split(',').Select(part => part.Split('-'))
                .Sum(ends => int.Parse(ends[^1], CultureInfo.InvariantCulture) - int.Parse(ends[0], CultureInfo.InvariantCulture) + 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Environment.ProcessorCount;
        }
    }

    private string? Raise(string path, int value) => Change(path, value, now => now < value);

    private string? SetTime(string name, string? time) =>
        Duration.TryParse(time ?? "", out var duration) && (int)duration.ToTimeSpan().TotalSeconds is > 0 and var seconds ? Set(Netfilter + name, seconds) : null;

    private string? Set(string path, int value) => Change(path, value, now => now != value);

    private string? Change(string path, int value, Func<long, bool> isWrong)
    {
        string file = Path.Combine(root, path), text = value.ToString(CultureInfo.InvariantCulture);
        try
        {
            if (!long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out long now) || isWrong(now)) File.WriteAllText(file, text);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} could not be set to {text}: {e.Message}";
        }
    }
}
