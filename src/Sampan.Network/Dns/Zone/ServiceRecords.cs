using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>
/// The records that the Kubernetes DNS specification gives to a Service: addresses, SRV for its ports, reverse names, and an
/// alias for ExternalName. A headless Service has the addresses of its ready endpoints, each also under a name of its own;
/// without any it does not exist. Endpoints that have host names are found by them below any Service.
/// </summary>
internal sealed class ServiceRecords(ZoneOptions options)
{
    public ServiceNames Build(Service service, IEnumerable<EndpointSlice> slices)
    {
        var names = new ServiceNames();
        string name = $"{service.Metadata.Name}.{service.Metadata.Namespace}.svc.{options.Domain}";
        if (DnsName.TryParse(name) is not { } key || service.Spec is not { } spec) return names;
        if (spec.Type == "ExternalName") AddAlias(names, key, spec.ExternalName);
        else if (spec.ClusterIP == "None") AddHeadless(names, name, slices);
        else AddCluster(names, name, spec, slices);
        return names;
    }

    /// <summary>Whether a slice shows in the zone of a Service that has an address of its own.</summary>
    public static bool HasHostnames(EndpointSlice? slice) => slice?.Endpoints.OrEmpty().Any(e => !string.IsNullOrEmpty(e.Hostname)) == true;

    private static void AddAlias(ServiceNames names, byte[] key, string? target)
    {
        byte[]? alias = string.IsNullOrEmpty(target) ? null : DnsName.TryParse(target);
        names.Names[key] = NameEntry.Empty with { Alias = alias };
    }

    private void AddCluster(ServiceNames names, string name, ServiceSpec spec, IEnumerable<EndpointSlice> slices)
    {
        byte[] key = DnsName.Parse(name);
        var addresses = Addresses(spec.ClusterIPs.OrEmpty().Append(spec.ClusterIP ?? ""));
        if (addresses.Count == 0) return;
        var host = new HostRecords(key, addresses);
        var ports = spec.Ports.OrEmpty().Select(p => new PortRecord(p.Name ?? "", p.Protocol ?? "TCP", p.Port, host)).ToList();
        AddPorts(names, name, ports);
        names.Names[key] = Entry(addresses, ports);
        foreach (var address in addresses) names.Reverse.Add((ReverseName.Of(address), key));
        var hosts = new Dictionary<string, HostRecords>();
        foreach (var slice in slices) Hosts(slice, name, hosts, named: true);
        AddHosts(names, hosts.Values);
    }

    private void AddHeadless(ServiceNames names, string name, IEnumerable<EndpointSlice> slices)
    {
        var hosts = new Dictionary<string, HostRecords>();
        var ports = new List<PortRecord>();
        foreach (var slice in slices.OrderBy(s => s.Metadata.Name, StringComparer.Ordinal))
        {
            foreach (var host in Hosts(slice, name, hosts, named: false))
                ports.AddRange(slice.Ports.OrEmpty().Where(p => p.Port is not null)
                    .Select(p => new PortRecord(p.Name ?? "", p.Protocol ?? "TCP", p.Port!.Value, host)));
        }

        if (hosts.Count == 0) return;

        // A host with addresses of both families is in a slice of each.
        ports = [.. ports.Distinct()];
        AddPorts(names, name, ports);
        AddHosts(names, hosts.Values);
        names.Names[DnsName.Parse(name)] = Entry([.. hosts.Values.SelectMany(h => h.Addresses).Distinct()], ports);
    }

    private void AddHosts(ServiceNames names, IEnumerable<HostRecords> hosts)
    {
        foreach (var host in hosts)
        {
            names.Names[host.Key] = Entry(host.Addresses, []);
            foreach (var address in host.Addresses) names.Reverse.Add((ReverseName.Of(address), host.Key));
        }
    }

    /// <summary>
    /// Gathers a slice's ready endpoints by their host names, or only those that have one; endpoints of several slices may share one.
    /// </summary>
    private static HashSet<HostRecords> Hosts(EndpointSlice slice, string name, Dictionary<string, HostRecords> hosts, bool named)
    {
        var found = new HashSet<HostRecords>();
        foreach (var endpoint in slice.Endpoints.OrEmpty())
        {
            if (endpoint.Conditions?.Ready == false || (named && string.IsNullOrEmpty(endpoint.Hostname))) continue;
            foreach (var address in Addresses(endpoint.Addresses))
            {
                string label = string.IsNullOrEmpty(endpoint.Hostname) ? Label(address) : endpoint.Hostname;
                if (DnsName.TryParse($"{label}.{name}") is not { } key) continue;
                if (!hosts.TryGetValue(label, out var host)) hosts[label] = host = new HostRecords(key, []);
                if (!host.Addresses.Contains(address)) host.Addresses.Add(address);
                found.Add(host);
            }
        }

        return found;
    }

    private static string Label(IPAddress address) => address.ToString().Replace('.', '-').Replace(':', '-').Replace("%", "-", StringComparison.Ordinal);

    private void AddPorts(ServiceNames names, string name, List<PortRecord> ports)
    {
        foreach (var group in ports.Where(p => p.Name.Length > 0).GroupBy(p => (p.Name, p.Protocol)))
        {
            string protocol = $"_{group.Key.Protocol.ToLowerInvariant()}.{name}";
            if (DnsName.TryParse($"_{group.Key.Name}.{protocol}") is not { } key) continue;
            names.Names.TryAdd(DnsName.Parse(protocol), NameEntry.Empty);
            names.Names[key] = new NameEntry([Srv([.. group])]);
        }
    }

    private NameEntry Entry(List<IPAddress> addresses, List<PortRecord> ports)
    {
        var sets = addresses.GroupBy(DnsRecordWriter.TypeOf)
            .Select(g => RecordSet.Of(g.Key, [.. g.Select(a => DnsRecordWriter.Address(DnsRecordWriter.Question, a, options.TimeToLive))]));
        return new NameEntry(ports.Count == 0 ? [.. sets] : [.. sets, Srv(ports)]);
    }

    private RecordSet Srv(List<PortRecord> ports)
    {
        ushort weight = (ushort)Math.Max(1, 100 / ports.Count);
        return RecordSet.Of(
            RecordType.Srv,
            [.. ports.Select(p => DnsRecordWriter.Service(
                DnsRecordWriter.Question, options.TimeToLive, weight, (ushort)p.Port, p.Host.Key))],
            [.. ports.Select(p => p.Host).Distinct().SelectMany(h => h.Addresses.Select(
                a => DnsRecordWriter.Address(h.Key, a, options.TimeToLive)))]);
    }

    private static List<IPAddress> Addresses(IEnumerable<string> texts) =>
        [.. texts.Select(t => IPAddress.TryParse(t, out var address) ? address : null).OfType<IPAddress>().Distinct()];

    private sealed class HostRecords(byte[] key, List<IPAddress> addresses)
    {
        public byte[] Key => key;

        public List<IPAddress> Addresses => addresses;
    }

    private sealed record PortRecord(string Name, string Protocol, int Port, HostRecords Host);
}
