using System.Net;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>
/// The name servers that the host uses. A file that names only a stub on the loopback address (systemd-resolved) points the
/// way to the file behind it, since the stub would not answer for pods and may lead back to us.
/// </summary>
internal sealed class ResolvConf(TimeProvider time, IReadOnlySet<IPEndPoint> ourselves, params IReadOnlyList<string> paths)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);
    private const int DnsPort = 53;
    private readonly Lock _lock = new();
    private IReadOnlyList<IPEndPoint> _servers = [];
    private IReadOnlyList<string> _domains = [];
    private long _checked;
    private DateTime _written;
    private bool _read;

    /// <summary>The files where distributions keep the servers, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> DefaultPaths { get; } =
        ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf", "/run/NetworkManager/no-stub-resolv.conf"];

    /// <summary>The servers; read again when a file has changed, asked at most every few seconds.</summary>
    public IReadOnlyList<IPEndPoint> Servers
    {
        get
        {
            lock (_lock)
            {
                Refresh();
                return _servers;
            }
        }
    }

    /// <summary>The host's search path.</summary>
    public IReadOnlyList<string> Domains
    {
        get
        {
            lock (_lock)
            {
                Refresh();
                return _domains;
            }
        }
    }

    public static IEnumerable<IPAddress> Parse(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && IPAddress.TryParse(server, out var address)) yield return address;
        }
    }

    private void Refresh()
    {
        if (_read && time.GetElapsedTime(_checked) < CheckInterval) return;
        _checked = time.GetTimestamp();
        var written = paths.Max(File.GetLastWriteTimeUtc);
        if (_read && written == _written) return;
        (_read, _written) = (true, written);
        (_servers, _domains) = (Read(), ReadDomains());
    }

    /// <summary>The last line counts, as for resolvers.</summary>
    private List<string> ReadDomains() =>
        [.. Lines(paths[0]).Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).LastOrDefault(w => w is ["search", ..])?[1..].Where(d => d != ".") ?? []];

    private List<IPEndPoint> Read()
    {
        foreach (string path in paths)
        {
            var servers = TryRead(path).Where(a => !IPAddress.IsLoopback(a)).Select(a => new IPEndPoint(a, DnsPort))
                .Where(s => !ourselves.Contains(s)).Distinct().ToList();
            if (servers.Count > 0) return servers;
        }

        // A resolver of the host's own on the loopback address (dnsmasq, unbound) serves this process well.
        return [.. TryRead(paths[0]).Select(a => new IPEndPoint(a, DnsPort)).Where(s => !ourselves.Contains(s)).Distinct()];
    }

    private static List<IPAddress> TryRead(string path) => [.. Parse(Lines(path))];

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
