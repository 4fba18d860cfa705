using System.Net;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Search;
using Sampan.Testing.Fakes;

namespace Sampan.Network.Tests.Dns;

/// <summary>The whole search path of a pod in one round trip.</summary>
public sealed class SearchPathTests
{
    private const string First = "default.svc.cluster.local";
    private static readonly ClientAddress Pod = ClientAddress.Of(IPAddress.Parse("10.244.0.5"));
    private static readonly byte[] Example = DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse("192.0.2.1"), 60);

    [Fact]
    public async Task Ask_NameOutside_IsFoundAtOnceAndRemembered()
    {
        await using var upstream = new FakeUpstream(name => name == "example.com" ? Example : null);
        using var dns = WithPod(upstream.Address);
        for (int i = 0; i < 2; i++)
            Assert.Equal(["NoError", "Cname example.com", "A 192.0.2.1"], await dns.AskUpstreamAsync($"example.com.{First}", client: Pod));
        Assert.Equal(1, upstream.Queries);
    }

    [Theory]
    [InlineData($"web.other.{First}", "web.other.svc.cluster.local")]
    [InlineData($"web.other.svc.{First}", "web.other.svc.cluster.local")]
    [InlineData($"web.other.svc.cluster.local.{First}", "web.other.svc.cluster.local")]
    public async Task Ask_NameOfTheCluster_IsFoundWhereverThePathLeads(string name, string found)
    {
        using var dns = WithPod();
        dns.Table.SetNamespace("other", exists: true);
        dns.Add(Objects.Service("web", "10.96.0.9", change: s => s.Metadata.Namespace = "other"));
        Assert.Equal(["NoError", $"Cname {found}", "A 10.96.0.9"], await dns.AskUpstreamAsync(name, client: Pod));
    }

    [Fact]
    public async Task Ask_DomainOfTheHost_ComesBeforeTheNameItself()
    {
        await using var upstream = new FakeUpstream(name => name == "db.corp.example" ? Example : []);
        using var dns = WithPod(upstream.Address);
        dns.HostDomains = ["corp.example"];
        Assert.Equal(["NoError", "Cname db.corp.example", "A 192.0.2.1"], await dns.AskUpstreamAsync($"db.{First}", client: Pod));
    }

    [Fact]
    public async Task Ask_NameThatIsNowhere_DoesNotExist()
    {
        await using var upstream = new FakeUpstream(_ => []);
        using var dns = WithPod(upstream.Address);
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync($"none.test.{First}", client: Pod));
    }

    [Fact]
    public async Task Ask_NobodyUpstream_LetsTheClientGoOn()
    {
        using var dns = WithPod();
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync($"example.com.{First}", client: Pod));
    }

    [Fact]
    public async Task Ask_ByOthersOrForOtherThings_IsAnsweredToTheLetter()
    {
        using var dns = WithPod();
        Assert.Equal(["NameError", "Soa "], dns.Ask($"example.com.{First}"));
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync($"example.com.{First}", RecordType.Srv, Pod));
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync("example.com.svc.cluster.local", client: Pod));
        dns.Paths.Remove(Pod, "another");
        dns.Paths.Remove(Pod, "pod");
        Assert.Equal(["NameError", "Soa "], await dns.AskUpstreamAsync($"example.com.{First}", client: Pod));
    }

    [Fact]
    public async Task Metrics_OfAnswers_HaveTheNamesOfCoreDns()
    {
        await using var upstream = new FakeUpstream(_ => Example);
        using var dns = WithPod(upstream.Address);
        dns.Ask("none.default.svc.cluster.local");
        for (int i = 0; i < 2; i++) await dns.AskUpstreamAsync("example.com", client: Pod);
        string metrics = dns.Metrics.Render();
        Assert.Contains("coredns_dns_responses_total{server=\"dns://:53\",zone=\".\",view=\"\",rcode=\"NXDOMAIN\",plugin=\"kubernetes\"} 1", metrics);
        Assert.Contains("coredns_dns_requests_total{server=\"dns://:53\",zone=\".\",view=\"\",proto=\"udp\",family=\"1\",type=\"A\"} ", metrics);
        Assert.Contains("coredns_cache_hits_total{server=\"dns://:53\",type=\"success\",zones=\".\",view=\"\"} 1", metrics);
        Assert.Contains($"coredns_proxy_request_duration_seconds_count{{proxy_name=\"forward\",to=\"{upstream.Address}\",rcode=\"NOERROR\"}} 1", metrics);
        Assert.Contains("coredns_dns_request_duration_seconds_count{server=\"dns://:53\",zone=\".\",view=\"\"} 3", metrics);
    }

    private static DnsFixture WithPod(params IPEndPoint[] upstreams)
    {
        var dns = new DnsFixture(upstreams);
        dns.Paths.Set(Pod, "pod", "default");
        return dns;
    }
}
