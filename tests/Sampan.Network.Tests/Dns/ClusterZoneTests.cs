using Sampan.Api.Core.V1;
using Sampan.Network.Dns.Message;
using Sampan.Testing.Fakes;

namespace Sampan.Network.Tests.Dns;

/// <summary>The Kubernetes DNS specification, record by record.</summary>
public sealed class ClusterZoneTests : IDisposable
{
    private readonly DnsFixture _dns = new();

    public void Dispose() => _dns.Dispose();

    [Fact]
    public void Ask_ClusterIP_HasAddressServiceAndReverse()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9", change: s => s.Spec!.Ports![0].Name = "http"));
        Assert.Equal(["NoError", "A 10.96.0.9"], _dns.Ask("web.default.svc.cluster.local"));
        Assert.Equal(["NoError", "A 10.96.0.9"], _dns.Ask("WEB.Default.svc.CLUSTER.local"));
        Assert.Equal(
            ["NoError", "Srv 100 80 web.default.svc.cluster.local"], _dns.Ask("_http._tcp.web.default.svc.cluster.local", RecordType.Srv));
        Assert.Equal(["NoError", "Ptr web.default.svc.cluster.local"], _dns.Ask("9.0.96.10.in-addr.arpa", RecordType.Ptr));
    }

    [Fact]
    public void Ask_DualStack_HasBothAddresses()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9", change: s => s.Spec!.ClusterIPs = ["10.96.0.9", "fd00::9"]));
        Assert.Equal(["NoError", "Aaaa fd00::9"], _dns.Ask("web.default.svc.cluster.local", RecordType.Aaaa));
        Assert.Equal(
            ["NoError", "Ptr web.default.svc.cluster.local"],
            _dns.Ask("9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa", RecordType.Ptr));
    }

    [Theory]
    [InlineData("web.default.svc.cluster.local", "Aaaa", "NoError")]
    [InlineData("_tcp.web.default.svc.cluster.local", "A", "NoError")]
    [InlineData("default.svc.cluster.local", "A", "NoError")]
    [InlineData("svc.cluster.local", "A", "NoError")]
    [InlineData("none.default.svc.cluster.local", "A", "NameError")]
    [InlineData("web.other.svc.cluster.local", "A", "NameError")]
    [InlineData("web.default.svc.cluster.local.default.svc.cluster.local", "A", "NameError")]
    [InlineData("other.svc.cluster.local", "A", "NameError")]
    public void Ask_NothingThere_SaysWhetherTheNameExists(string name, string type, string code)
    {
        _dns.Add(Objects.Service("web", "10.96.0.9", change: s => s.Spec!.Ports![0].Name = "http"));
        Assert.Equal([code, "Soa "], _dns.Ask(name, Enum.Parse<RecordType>(type)));
    }

    [Fact]
    public void Ask_Headless_HasReadyEndpointsAndTheirNames()
    {
        var named = Objects.Endpoint("10.244.0.5");
        named.Hostname = "db-0";
        var slice = Objects.SliceOf("db", 5432, "TCP", named, Objects.Endpoint("10.244.0.6"), Objects.Endpoint("10.244.0.7", ready: false));
        slice.Ports![0].Name = "sql";
        _dns.Add(Objects.Service("db", "None"), slice);
        Assert.Equal(["A 10.244.0.5", "A 10.244.0.6", "NoError"], _dns.Ask("db.default.svc.cluster.local").Order());
        Assert.Equal(["NoError", "A 10.244.0.5"], _dns.Ask("db-0.db.default.svc.cluster.local"));
        Assert.Equal(["NoError", "A 10.244.0.6"], _dns.Ask("10-244-0-6.db.default.svc.cluster.local"));
        Assert.Equal(["NoError", "Ptr db-0.db.default.svc.cluster.local"], _dns.Ask("5.0.244.10.in-addr.arpa", RecordType.Ptr));
        Assert.Equal(
            ["NoError", "Srv 50 5432 10-244-0-6.db.default.svc.cluster.local", "Srv 50 5432 db-0.db.default.svc.cluster.local"],
            _dns.Ask("_sql._tcp.db.default.svc.cluster.local", RecordType.Srv).Order());
    }

    [Fact]
    public void Ask_HeadlessWithoutEndpoints_ExistsWithoutRecords()
    {
        _dns.Add(Objects.Service("db", "None"));
        Assert.Equal(["NoError", "Soa "], _dns.Ask("db.default.svc.cluster.local"));
    }

    [Fact]
    public void Ask_ManyEndpoints_TakesTurns()
    {
        _dns.Add(Objects.Service("db", "None"), Objects.Slice("db", 80, "10.244.0.5", "10.244.0.6", "10.244.0.7"));
        var firsts = Enumerable.Range(0, 12).Select(_ => _dns.Ask("db.default.svc.cluster.local")[1]).ToHashSet();
        Assert.Equal(3, firsts.Count);
    }

    [Fact]
    public void Ask_ExternalNameInside_IsFollowed()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        _dns.Add(Objects.Service("alias", "", change: s =>
        {
            s.Spec!.Type = "ExternalName";
            s.Spec.ExternalName = "web.default.svc.cluster.local";
        }));
        Assert.Equal(
            ["NoError", "Cname web.default.svc.cluster.local", "A 10.96.0.9"], _dns.Ask("alias.default.svc.cluster.local"));
    }

    [Theory]
    [InlineData("10-244-0-5.default.pod.cluster.local", "A", "NoError", "A 10.244.0.5")]
    [InlineData("fd00--5.default.pod.cluster.local", "Aaaa", "NoError", "Aaaa fd00::5")]
    [InlineData("10-244-0-5.default.pod.cluster.local", "Aaaa", "NoError", "Soa ")]
    [InlineData("10-244-0-5.other.pod.cluster.local", "A", "NameError", "Soa ")]
    [InlineData("10-244-0-555.default.pod.cluster.local", "A", "NameError", "Soa ")]
    [InlineData("dns-version.cluster.local", "Txt", "NoError", "Txt 1.1.0")]
    public void Ask_PodOrVersion_AnswersFromTheNameItself(string name, string type, string code, string record) =>
        Assert.Equal([code, record], _dns.Ask(name, Enum.Parse<RecordType>(type)));

    [Fact]
    public void Ask_AfterDeletion_KnowsNothingOfTheService()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        _dns.Remove("web");
        Assert.Equal("NameError", _dns.Ask("web.default.svc.cluster.local")[0]);
        byte[] reverse = DnsClient.Query("9.0.96.10.in-addr.arpa", RecordType.Ptr);
        Assert.Equal(-1, _dns.Handler.TryAnswer(reverse, new byte[300], new byte[512], udp: true));
    }

    [Fact]
    public void Ask_BeforeTheZoneIsFilled_FailsInsteadOfDenying()
    {
        _dns.Zone.IsReady = false;
        Assert.Equal(["ServerFailure"], _dns.Ask("web.default.svc.cluster.local"));
    }

    [Fact]
    public void Ask_MoreThanFits_IsTruncatedOverUdpOnly()
    {
        string[] addresses = [.. Enumerable.Range(1, 200).Select(i => $"10.244.0.{i}")];
        _dns.Add(Objects.Service("db", "None"), Objects.Slice("db", 80, addresses));
        byte[] plain = DnsClient.Query("db.default.svc.cluster.local", RecordType.A);
        var short512 = _dns.AskRaw(plain);
        Assert.InRange(short512.Length, 400, 512);
        Assert.Contains("truncated", DnsClient.Read(short512));
        var edns = _dns.AskRaw(DnsClient.Query("db.default.svc.cluster.local", RecordType.A, 4096));
        Assert.InRange(edns.Length, 1200, 1232);
        Assert.Equal(201, DnsClient.Read(_dns.AskRaw(plain, udp: false)).Count);
    }
}
