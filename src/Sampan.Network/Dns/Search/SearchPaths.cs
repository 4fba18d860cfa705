using System.Collections.Concurrent;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Dns.Search;

/// <summary>
/// What pods will ask next when a name of their search path does not exist, so that the server can go on instead of them. To a
/// pod of the namespace <c>shop</c> that asks for <c>example.com.shop.svc.cluster.local</c> these are
/// <code>
/// example.com.svc.cluster.local   example.com.cluster.local   example.com.(the host's own domains)   example.com
/// </code>
/// </summary>
internal sealed class SearchPaths
{
    private readonly ZoneOptions _options;
    private readonly Func<IReadOnlyList<string>> _hostDomains;
    private readonly byte[][] _inside;
    private readonly ConcurrentDictionary<ClientAddress, (string Owner, byte[] Domain)> _clients = [];

    /// <param name="options">The cluster's domain.</param>
    /// <param name="hostDomains">The search path of the host, which pods have behind the cluster's.</param>
    public SearchPaths(ZoneOptions options, Func<IReadOnlyList<string>> hostDomains)
    {
        (_options, _hostDomains) = (options, hostDomains);
        _inside = [DnsName.Parse($"svc.{options.Domain}"), DnsName.Parse(options.Domain)];
    }

    /// <summary>Notes that a pod of a namespace asks from an address.</summary>
    public void Set(ClientAddress client, string owner, string ns)
    {
        if (DnsName.TryParse($"{ns}.svc.{_options.Domain}") is { } domain) _clients[client] = (owner, domain);
    }

    /// <summary>Forgets the pod, but not a later one that has got the address.</summary>
    public void Remove(ClientAddress client, string owner)
    {
        if (_clients.TryGetValue(client, out var known) && known.Owner == owner) _clients.TryRemove(KeyValuePair.Create(client, known));
    }

    /// <summary>The names that come after this one; none unless a known pod asks for an address within its own namespace.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="query">The query.</param>
    /// <param name="name">Its name as a key.</param>
    public IEnumerable<byte[]> After(ClientAddress client, DnsQuery query, ReadOnlyMemory<byte> name)
    {
        if (query.Type is not (RecordType.A or RecordType.Aaaa) || !query.RecursionDesired) return [];
        if (!_clients.TryGetValue(client, out var known) || name.Length <= known.Domain.Length) return [];
        return DnsName.IsIn(name.Span, known.Domain) ? Join(name[..^known.Domain.Length]) : [];
    }

    private IEnumerable<byte[]> Join(ReadOnlyMemory<byte> name)
    {
        var domains = _inside.Concat(_hostDomains().Select(DnsName.TryParse).OfType<byte[]>()).Append([0]);
        return domains.Where(d => name.Length + d.Length <= DnsName.MaxLength).Select(d => (byte[])[.. name.Span, .. d]);
    }
}
