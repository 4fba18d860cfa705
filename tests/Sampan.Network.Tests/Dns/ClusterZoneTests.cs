using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
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
        Assert.Equal(["NoError", "A 10.96.0.9"], _dns.Ask("web.default.svc.cluster.local"));
        Assert.Equal(["NoError", "Aaaa fd00::9"], _dns.Ask("web.default.svc.cluster.local", RecordType.Aaaa));
        var services = _dns.AskRaw(DnsClient.Query("web.default.svc.cluster.local", RecordType.Srv, 1232));
        Assert.Equal(["NoError", "Srv 100 80 web.default.svc.cluster.local"], DnsClient.Read(services));
        Assert.Equal(
            ["web.default.svc.cluster.local A 10.96.0.9", "web.default.svc.cluster.local Aaaa fd00::9"], DnsClient.ReadAdditionals(services));
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

    [Theory]
    [InlineData("db.default.svc.cluster.local", "A")]
    [InlineData("db.default.svc.cluster.local", "Srv")]
    [InlineData("db-0.db.default.svc.cluster.local", "A")]
    [InlineData("_sql._tcp.db.default.svc.cluster.local", "Srv")]
    public void Ask_HeadlessWithoutReadyEndpoints_DoesNotExist(string name, string type)
    {
        _dns.Add(Objects.Service("db", "None"));
        Assert.Equal(["NameError", "Soa "], _dns.Ask(name, Enum.Parse<RecordType>(type)));
        _dns.Add(Objects.Service("db", "None"), Named("db", "sql", ("db-0", "10.244.0.5", false)));
        Assert.Equal(["NameError", "Soa "], _dns.Ask(name, Enum.Parse<RecordType>(type)));
    }

    [Fact]
    public void Ask_HeadlessOfBothFamilies_NamesEachHostOnce()
    {
        var v6 = Named("db", "sql", ("db-0", "fd00:10:244::5", true));
        v6.Metadata.Name = "db-2";
        _dns.Add(Objects.Service("db", "None"), Named("db", "sql", ("db-0", "10.244.0.5", true)), v6);
        foreach (string name in new[] { "db.default.svc.cluster.local", "db-0.db.default.svc.cluster.local" })
        {
            Assert.Equal(["NoError", "A 10.244.0.5"], _dns.Ask(name));
            Assert.Equal(["NoError", "Aaaa fd00:10:244::5"], _dns.Ask(name, RecordType.Aaaa));
        }

        var services = _dns.AskRaw(DnsClient.Query("_sql._tcp.db.default.svc.cluster.local", RecordType.Srv, 1232));
        Assert.Equal(["NoError", "Srv 100 5432 db-0.db.default.svc.cluster.local"], DnsClient.Read(services));
        Assert.Equal(
            ["db-0.db.default.svc.cluster.local A 10.244.0.5", "db-0.db.default.svc.cluster.local Aaaa fd00:10:244::5"],
            DnsClient.ReadAdditionals(services));
        Assert.Equal(
            ["NoError", "Ptr db-0.db.default.svc.cluster.local"],
            _dns.Ask("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.4.2.0.0.1.0.0.0.0.d.f.ip6.arpa", RecordType.Ptr));
    }

    [Fact]
    public void Ask_HeadlessHosts_HaveAServiceRecordForEachPort()
    {
        var slice = Named("db", "sql", ("db-0", "10.244.0.5", true), ("db-1", "10.244.0.6", true), ("db-1", "10.244.0.7", true));
        slice.Ports!.Add(new() { Name = "admin", Port = 8080, Protocol = "UDP" });
        _dns.Add(Objects.Service("db", "None"), slice);
        Assert.Equal(["A 10.244.0.6", "A 10.244.0.7", "NoError"], _dns.Ask("db-1.db.default.svc.cluster.local").Order());
        foreach (var (name, port) in new[] { ("_sql._tcp", 5432), ("_admin._udp", 8080) })
        {
            Assert.Equal(
                ["NoError", $"Srv 50 {port} db-0.db.default.svc.cluster.local", $"Srv 50 {port} db-1.db.default.svc.cluster.local"],
                _dns.Ask($"{name}.db.default.svc.cluster.local", RecordType.Srv).Order());
        }

        Assert.Equal(["NameError", "Soa "], _dns.Ask("_sql._udp.db.default.svc.cluster.local", RecordType.Srv));
    }

    [Fact]
    public void Ask_HeadlessWithoutPorts_HasAddresses()
    {
        var slice = Named("db", "", ("db-0", "10.244.0.5", true));
        slice.Ports = null;
        _dns.Add(Objects.Service("db", "None"), slice);
        Assert.Equal(["NoError", "A 10.244.0.5"], _dns.Ask("db.default.svc.cluster.local"));
        Assert.Equal(["NoError", "Soa "], _dns.Ask("db.default.svc.cluster.local", RecordType.Srv));
    }

    [Fact]
    public void Ask_UnnamedPort_HasNoServiceRecordOfItsOwn()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        foreach (string name in new[] { "_tcp", "_80._tcp", "_http._tcp" })
            Assert.Equal(["NameError", "Soa "], _dns.Ask($"{name}.web.default.svc.cluster.local", RecordType.Srv));
        Assert.Equal(["NoError", "Srv 100 80 web.default.svc.cluster.local"], _dns.Ask("web.default.svc.cluster.local", RecordType.Srv));
    }

    [Fact]
    public void Ask_HostBehindAnAddressOfItsService_IsFound()
    {
        var slice = Named("web", "http", ("web-0", "10.244.0.5", true), ("", "10.244.0.6", true), ("web-1", "10.244.0.7", false));
        _dns.Add(Objects.Service("web", "10.96.0.9"), slice);
        Assert.Equal(["NoError", "A 10.244.0.5"], _dns.Ask("web-0.web.default.svc.cluster.local"));
        Assert.Equal(["NoError", "Ptr web-0.web.default.svc.cluster.local"], _dns.Ask("5.0.244.10.in-addr.arpa", RecordType.Ptr));
        Assert.Equal(["NoError", "A 10.96.0.9"], _dns.Ask("web.default.svc.cluster.local"));
        Assert.Equal("NameError", _dns.Ask("web-1.web.default.svc.cluster.local")[0]);
        Assert.Equal("NameError", _dns.Ask("6.0.244.10.in-addr.arpa", RecordType.Ptr)[0]);
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
    [InlineData("web.default.svc.cluster.local", "Aaaa", "NoError Cname web.default.svc.cluster.local Soa ")]
    [InlineData("none.default.svc.cluster.local", "A", "NameError Cname none.default.svc.cluster.local Soa ")]
    [InlineData("10-244-0-5.default.pod.cluster.local", "A", "NoError Cname 10-244-0-5.default.pod.cluster.local A 10.244.0.5")]
    [InlineData("web.default.svc.cluster.local", "Srv", "NoError Cname web.default.svc.cluster.local Srv 100 80 web.default.svc.cluster.local")]
    public void Ask_ExternalNameInside_SaysWhatItsTargetWouldSay(string target, string type, string answer)
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        _dns.Add(Objects.Service("alias", "", change: s => (s.Spec!.Type, s.Spec.ExternalName) = ("ExternalName", target)));
        Assert.Equal(answer, string.Join(' ', _dns.Ask("alias.default.svc.cluster.local", Enum.Parse<RecordType>(type))));
    }

    /// <summary>Other ways to name what is there: none of them is in the specification.</summary>
    [Theory]
    [InlineData("*.default.svc.cluster.local")]
    [InlineData("web.*.svc.cluster.local")]
    [InlineData("_http.*.web.default.svc.cluster.local")]
    [InlineData("any.any.web.default.svc.cluster.local")]
    [InlineData("web.default.cluster.local")]
    [InlineData("web.default.pod.cluster.local")]
    public void Ask_Wildcard_IsNotServed(string name)
    {
        _dns.Add(Objects.Service("web", "10.96.0.9", change: s => s.Spec!.Ports![0].Name = "http"));
        Assert.Equal(["NameError", "Soa "], _dns.Ask(name, name[0] == '_' ? RecordType.Srv : RecordType.A));
    }

    /// <summary>A type that nobody serves yet (HTTPS, which browsers ask for) is no reason to deny the name.</summary>
    [Theory]
    [InlineData("web.default.svc.cluster.local", 65)]
    [InlineData("web.default.svc.cluster.local", 5)]
    [InlineData("web.default.svc.cluster.local", 6)]
    [InlineData("dns-version.cluster.local", 1)]
    [InlineData("cluster.local", 28)]
    [InlineData("cluster.local", 33)]
    public void Ask_TypeThatANameDoesNotHave_IsNoDenialOfTheName(string name, int type)
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        Assert.Equal(["NoError", "Soa "], _dns.Ask(name, (RecordType)type));
    }

    [Theory]
    [InlineData("alias.default.svc.cluster.local", "Cname", "NoError Cname example.com")]
    [InlineData("_http._tcp.alias.default.svc.cluster.local", "Srv", "NameError Soa ")]
    [InlineData("endpoint.alias.default.svc.cluster.local", "Cname", "NameError Soa ")]
    public void Ask_ExternalName_IsAnAliasAndHasNothingBelow(string name, string type, string answer)
    {
        _dns.Add(Objects.Service("alias", "", change: s => (s.Spec!.Type, s.Spec.ExternalName) = ("ExternalName", "example.com")));
        Assert.Equal(answer, string.Join(' ', _dns.Ask(name, Enum.Parse<RecordType>(type))));
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

    /// <summary>Two Services may have one address; both names belong to it.</summary>
    [Fact]
    public void Ask_ReverseNameOfSeveral_HasThemAll()
    {
        _dns.Add(Objects.Service("db", "None"), Named("db", "sql", ("db-0", "10.244.0.5", true)));
        _dns.Add(Objects.Service("all", "None"), Named("all", "sql", ("db-0", "10.244.0.5", true)));
        Assert.Equal(
            ["NoError", "Ptr db-0.all.default.svc.cluster.local", "Ptr db-0.db.default.svc.cluster.local"], _dns.Ask("5.0.244.10.in-addr.arpa", RecordType.Ptr).Order());
        _dns.Remove("db");
        Assert.Equal(["NoError", "Ptr db-0.all.default.svc.cluster.local"], _dns.Ask("5.0.244.10.in-addr.arpa", RecordType.Ptr));
    }

    /// <summary>With publishNotReadyAddresses the controller calls every endpoint ready; who says nothing is taken for ready.</summary>
    [Fact]
    public void Ask_EndpointThatDoesNotSayWhetherItIsReady_IsThere()
    {
        var slice = Named("db", "sql", ("db-0", "10.244.0.5", true));
        slice.Endpoints![0].Conditions = new();
        _dns.Add(Objects.Service("db", "None"), slice);
        Assert.Equal(["NoError", "A 10.244.0.5"], _dns.Ask("db-0.db.default.svc.cluster.local"));
    }

    [Fact]
    public void Ask_AfterDeletion_KnowsNothingOfTheService()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        _dns.Remove("web");
        Assert.Equal("NameError", _dns.Ask("web.default.svc.cluster.local")[0]);
        Assert.Equal("NameError", _dns.Ask("9.0.96.10.in-addr.arpa", RecordType.Ptr)[0]);
    }

    [Theory]
    [InlineData("8.0.96.10.in-addr.arpa", "96.10.in-addr.arpa")]
    [InlineData("5.0.245.10.in-addr.arpa", "10.in-addr.arpa")]
    [InlineData("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.4.2.0.0.1.0.0.0.0.d.f.ip6.arpa", "4.4.2.0.0.1.0.0.0.0.d.f.ip6.arpa")]
    public void Ask_AddressOfTheClusterWithoutAName_IsDeniedHere(string name, string authority)
    {
        var answer = _dns.AskRaw(DnsClient.Query(name, RecordType.Ptr));
        Assert.Equal(["NameError", "Soa "], DnsClient.Read(answer));
        Assert.Equal((authority, 5u, 5u), DnsClient.ReadFirst(answer));
        _dns.Zone.IsReady = false;
        Assert.Equal(["ServerFailure"], _dns.Ask(name, RecordType.Ptr));
    }

    /// <summary>The denial of a type comes from the zone that the name is in, or from nobody.</summary>
    [Fact]
    public void Ask_ReverseNameForAnotherType_IsDeniedByItsOwnZone()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        _dns.Add(Objects.Service("out", "None"), Named("out", "sql", ("far", "192.0.2.7", true)));
        var answer = _dns.AskRaw(DnsClient.Query("9.0.96.10.in-addr.arpa", RecordType.A));
        Assert.Equal(["NoError", "Soa "], DnsClient.Read(answer));
        Assert.Equal("96.10.in-addr.arpa", DnsClient.ReadFirst(answer).Owner);
        Assert.Equal(["NoError", "Ptr far.out.default.svc.cluster.local"], _dns.Ask("7.2.0.192.in-addr.arpa", RecordType.Ptr));
        Assert.Equal(-1, _dns.Handler.TryAnswer(DnsClient.Query("7.2.0.192.in-addr.arpa", RecordType.A), new byte[300], new byte[512], udp: true));
    }

    [Theory]
    [InlineData("1.2.0.192.in-addr.arpa")]
    [InlineData("5.0.246.10.in-addr.arpa")]
    [InlineData("0.96.10.in-addr.arpa")]
    [InlineData("x.8.0.96.10.in-addr.arpa")]
    [InlineData("256.0.96.10.in-addr.arpa")]
    [InlineData("in-addr.arpa")]
    [InlineData("00.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.4.2.0.0.1.0.0.0.0.d.f.ip6.arpa")]
    public void Ask_OtherReverseName_IsForwarded(string name) =>
        Assert.Equal(-1, _dns.Handler.TryAnswer(DnsClient.Query(name, RecordType.Ptr), new byte[300], new byte[512], udp: true));

    [Fact]
    public void Ask_Apex_NamesItsServer()
    {
        var servers = _dns.AskRaw(DnsClient.Query("cluster.local", RecordType.Ns));
        Assert.Equal(["NoError", "Ns ns.dns.cluster.local"], DnsClient.Read(servers));
        Assert.Equal(["ns.dns.cluster.local A 10.96.0.10"], DnsClient.ReadAdditionals(servers));
        Assert.Equal(["NoError", "A 10.96.0.10"], _dns.Ask("ns.dns.cluster.local"));
        var authority = _dns.AskRaw(DnsClient.Query("cluster.local", RecordType.Soa));
        Assert.Equal(["NoError", "Soa "], DnsClient.Read(authority));
        Assert.Equal(("cluster.local", 5u, 5u), DnsClient.ReadFirst(authority));
    }

    [Theory]
    [InlineData("svc.cluster.local", "NoError")]
    [InlineData("default.svc.cluster.local", "NoError")]
    [InlineData("foo.svc.cluster.local", "NameError")]
    [InlineData("foo.cluster.local", "NameError")]
    public void Ask_NameServerBelowTheApex_ThereIsNone(string name, string code) => Assert.Equal([code, "Soa "], _dns.Ask(name, RecordType.Ns));

    [Fact]
    public void Ask_Records_SayHowLongTheyHold()
    {
        _dns.Add(Objects.Service("web", "10.96.0.9"));
        Assert.Equal(5u, DnsClient.ReadFirst(_dns.AskRaw(DnsClient.Query("web.default.svc.cluster.local", RecordType.A))).Seconds);
        Assert.Equal(28800u, DnsClient.ReadFirst(_dns.AskRaw(DnsClient.Query("dns-version.cluster.local", RecordType.Txt))).Seconds);
        Assert.Equal(("cluster.local", 5u, 5u), DnsClient.ReadFirst(_dns.AskRaw(DnsClient.Query("none.default.svc.cluster.local", RecordType.A))));
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

    private static EndpointSlice Named(string service, string port, params (string Host, string Address, bool Ready)[] hosts)
    {
        var slice = Objects.SliceOf(service, 5432, "TCP", [.. hosts.Select(h =>
        {
            var endpoint = Objects.Endpoint(h.Address, h.Ready);
            endpoint.Hostname = h.Host.Length > 0 ? h.Host : null;
            return endpoint;
        })]);
        slice.Ports![0].Name = port;
        return slice;
    }
}
