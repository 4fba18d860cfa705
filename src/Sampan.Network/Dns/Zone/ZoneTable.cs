using System.Collections.Immutable;
using System.Net;
using Sampan.Api;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>Makes the next snapshot from the last one and what changed: the cost is that of the Service concerned.</summary>
internal sealed class ZoneTable
{
    private readonly ZoneOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, ServiceNames> _services = [];
    private readonly Dictionary<ReadOnlyMemory<byte>, ImmutableList<(ObjectKey Owner, byte[] Name)>> _reverse =
        new(DnsNameComparer.Instance);

    private volatile ZoneSnapshot _current;

    public ZoneTable(ZoneOptions options)
    {
        _options = options;
        var names = ZoneSnapshot.Empty.Names.ToBuilder();
        AddApex(names);
        _current = new ZoneSnapshot(names.ToImmutable());
    }

    public ZoneSnapshot Current => _current;

    public void SetService(ObjectKey service, ServiceNames next)
    {
        lock (_lock)
        {
            var names = _current.Names.ToBuilder();
            var before = _services.GetValueOrDefault(service) ?? ServiceNames.None;
            foreach (var name in before.Names.Keys) names.Remove(name);
            foreach (var (name, entry) in next.Names) names[name] = entry;
            foreach (var (reverse, _) in before.Reverse) SetReverse(names, reverse, l => l.RemoveAll(r => r.Owner == service));
            foreach (var (reverse, name) in next.Reverse) SetReverse(names, reverse, l => l.Add((service, name)));
            if (next.Names.Count == 0) _services.Remove(service);
            else _services[service] = next;
            _current = new ZoneSnapshot(names.ToImmutable());
        }
    }

    /// <summary>A namespace's name exists in the zone although it has no records.</summary>
    public void SetNamespace(string ns, bool exists)
    {
        lock (_lock)
        {
            var names = _current.Names.ToBuilder();
            foreach (string kind in new[] { "svc", "pod" })
            {
                if (DnsName.TryParse($"{ns}.{kind}.{_options.Domain}") is not { } key) continue;
                if (exists) names[key] = NameEntry.Empty;
                else names.Remove(key);
            }

            _current = new ZoneSnapshot(names.ToImmutable());
        }
    }

    private void SetReverse(
        ImmutableDictionary<ReadOnlyMemory<byte>, NameEntry>.Builder names,
        byte[] reverse,
        Func<ImmutableList<(ObjectKey Owner, byte[] Name)>, ImmutableList<(ObjectKey Owner, byte[] Name)>> change)
    {
        var targets = change(_reverse.GetValueOrDefault(reverse) ?? []);
        if (targets.IsEmpty)
        {
            _reverse.Remove(reverse);
            names.Remove(reverse);
            return;
        }

        _reverse[reverse] = targets;
        var records = targets.Select(t => DnsRecordWriter.Name(
            DnsRecordWriter.Question, RecordType.Ptr, _options.TimeToLive, t.Name));
        names[reverse] = new NameEntry([RecordSet.Of(RecordType.Ptr, [.. records])]);
    }

    private void AddApex(ImmutableDictionary<ReadOnlyMemory<byte>, NameEntry>.Builder names)
    {
        const uint versionSeconds = 28800;
        byte[] server = DnsName.Parse($"ns.dns.{_options.Domain}");
        byte[] zone = DnsRecordWriter.Question;
        uint ttl = _options.TimeToLive;
        IPAddress[] addresses = _options.Server is { } address ? [address] : [];
        names[DnsName.Parse(_options.Domain)] = new NameEntry(
        [
            RecordSet.Of(RecordType.Soa, [ClusterZone.StartOfAuthority(_options, zone)]),
            RecordSet.Of(RecordType.Ns, [DnsRecordWriter.Name(zone, RecordType.Ns, ttl, server)], [.. addresses.Select(a => DnsRecordWriter.Address(server, a, ttl))]),
        ]);
        names[DnsName.Parse($"dns-version.{_options.Domain}")] = new NameEntry(
            [RecordSet.Of(RecordType.Txt, [DnsRecordWriter.Text(zone, versionSeconds, "1.1.0")])]);
        names[server] = new NameEntry([.. addresses.Select(a => RecordSet.Of(DnsRecordWriter.TypeOf(a), [DnsRecordWriter.Address(zone, a, ttl)]))]);
        foreach (string empty in new[] { "svc", "pod", "dns" }) names[DnsName.Parse($"{empty}.{_options.Domain}")] = NameEntry.Empty;
    }
}
