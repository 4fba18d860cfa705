using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Metrics;
using Sampan.Network.Dns;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Search;
using Sampan.Network.Dns.Server;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Tests.Dns;

/// <summary>A zone and a handler without sockets of their own.</summary>
internal sealed class DnsFixture : IDisposable
{
    private readonly ZoneOptions _options = new()
    {
        Server = IPAddress.Parse("10.96.0.10"),
        Ranges = [IPNetwork.Parse("10.96.0.0/16"), IPNetwork.Parse("10.244.0.0/15"), IPNetwork.Parse("fd00:10:244::/48")],
    };

    private readonly byte[] _key = new byte[QueryHandler.KeySize];
    private readonly byte[] _answer = new byte[65536];

    public DnsFixture(params IReadOnlyList<IPEndPoint> upstreams)
        : this(TimeProvider.System, upstreams)
    {
    }

    public DnsFixture(TimeProvider time, params IReadOnlyList<IPEndPoint> upstreams)
    {
        Table = new ZoneTable(_options);
        Paths = new SearchPaths(_options, () => HostDomains);
        Zone = new ClusterZone(Table, _options) { IsReady = true };
        var metrics = new DnsMetrics(Metrics);
        Forwarder = new Forwarder(
            () => upstreams, new AnswerCache(time, 1 << 20), metrics, time, NullLogger.Instance);
        Handler = new QueryHandler(Zone, Forwarder, Paths, metrics);
        Table.SetNamespace("default", exists: true);
    }

    public MetricRegistry Metrics { get; } = new();

    public SearchPaths Paths { get; }

    public IReadOnlyList<string> HostDomains { get; set; } = [];

    public ZoneTable Table { get; }

    public ClusterZone Zone { get; }

    public Forwarder Forwarder { get; }

    public QueryHandler Handler { get; }

    public void Add(Service service, params EndpointSlice[] slices) => Table.SetService(
        new ObjectKey(service.Metadata.Namespace, service.Metadata.Name), new ServiceRecords(_options).Build(service, slices));

    public void Remove(string name) => Table.SetService(new ObjectKey("default", name), ServiceNames.None);

    public List<string> Ask(string name, RecordType type = RecordType.A) => DnsClient.Read(AskRaw(DnsClient.Query(name, type, 1232)));

    public ReadOnlySpan<byte> AskRaw(byte[] packet, bool udp = true)
    {
        int length = Handler.TryAnswer(packet, _key, _answer, udp);
        Assert.True(length >= 0, "the query would be forwarded");
        return _answer.AsSpan(0, length);
    }

    public async Task<List<string>> AskUpstreamAsync(string name, RecordType type = RecordType.A, ClientAddress client = default) =>
        DnsClient.Read(await AskUpstreamRawAsync(name, type, client));

    public async Task<byte[]> AskUpstreamRawAsync(string name, RecordType type, ClientAddress client = default)
    {
        byte[] packet = DnsClient.Query(name, type, 1232);
        int length = Handler.TryAnswer(packet, _key, _answer, udp: true, client);
        if (length < 0) length = await Handler.ForwardAsync(packet, _answer, udp: true, client);
        return _answer[..length];
    }

    public void Dispose() => Forwarder.Dispose();
}
