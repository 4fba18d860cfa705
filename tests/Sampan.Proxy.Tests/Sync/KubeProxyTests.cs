using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Proxy.Tests.Fakes;
using Sampan.Testing.Fakes;

namespace Sampan.Proxy.Tests.Sync;

/// <summary>The proxy as a whole, between a fake API server and a fake kernel.</summary>
public sealed class KubeProxyTests : IAsyncLifetime
{
    private readonly FakeApi _api = new();
    private readonly FakeNftables _nftables = new();
    private readonly FakeConntrack _conntrack = new();
    private readonly MetricRegistry _metrics = new();
    private readonly InformerFactory _informers;
    private readonly KubeProxy _proxy;

    public KubeProxyTests()
    {
        _informers = new InformerFactory(_api.Client, TimeProvider.System);
        _proxy = new KubeProxy(new KubeProxyOptions
        {
            NodeName = "a",
            Informers = _informers,
            OpenNftables = () => _nftables,
            Conntrack = _conntrack,
            Metrics = _metrics,
        });
    }

    private Dictionary<string, string> Endpoints => _nftables.Tables["ip sampan-proxy"].Maps["endpoints-tcp"];

    public async ValueTask InitializeAsync()
    {
        _api.Set(Objects.Service("web", "10.96.0.9"));
        _api.Set(Objects.Slice("web", 8080, "10.244.0.5", "10.244.0.6"));
        await _proxy.StartAsync(default);
        await _informers.StartAsync(default);
        await _proxy.ReadyAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.StopAsync(default);
        await _informers.DisposeAsync();
    }

    [Fact]
    public void Start_ServiceWithEndpoints_IsWrittenAtOnceAndThenUnknownPortsAreRefused()
    {
        Assert.Equal(2, _nftables.Batches.Count);
        Assert.Contains("filter-forward ct state new ip daddr @cluster-ips drop", _nftables.Batches[0]);
        Assert.Contains("filter-forward ct state new ip daddr @cluster-ips goto refuse", _nftables.Batches[1]);
        Assert.Equal("10.244.0.5 . 8080", Endpoints["10.96.0.9 . 80 . 0"]);
        Assert.Equal("10.244.0.6 . 8080", Endpoints["10.96.0.9 . 80 . 1"]);
        Assert.Null(_proxy.Problem);
    }

    [Fact]
    public async Task Change_OneEndpointReplaced_WritesOnlyThatElement()
    {
        _api.Set(Objects.Slice("web", 8080, "10.244.0.5", "10.244.0.7"));
        await UntilAsync(() => Endpoints.GetValueOrDefault("10.96.0.9 . 80 . 1") == "10.244.0.7 . 8080");
        string[] lines = _nftables.Batches[^1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
        [
            "delete element ip sampan-proxy endpoints-tcp { 10.96.0.9 . 80 . 1 }",
            "add element ip sampan-proxy endpoints-tcp { 10.96.0.9 . 80 . 1 : 10.244.0.7 . 8080 }",
        ], lines);
    }

    [Fact]
    public async Task Change_KernelRefuses_WritesEverythingAnew()
    {
        _nftables.FailNext = "the kernel is out of memory";
        _api.Set(Objects.Slice("web", 8080, "10.244.0.8"));
        await UntilAsync(() => Endpoints.GetValueOrDefault("10.96.0.9 . 80 . 0") == "10.244.0.8 . 8080");
        await UntilAsync(() => _proxy.Problem is null);
        Assert.StartsWith("add table ip sampan-proxy", _nftables.Batches[^2]);
    }

    [Fact]
    public async Task Change_ServiceDeleted_LeavesNothing()
    {
        _api.Remove<Service>("default", "web");
        await UntilAsync(() => Endpoints.Count == 0);
        Assert.All(_nftables.Tables["ip sampan-proxy"].Maps, m => Assert.Empty(m.Value));
    }

    [Fact]
    public async Task Change_RangesOfServices_AreDroppedWhereNoServiceIs()
    {
        const string known = "ct state new ip daddr @cluster-ips goto refuse";
        const string first = "ct state new ip daddr 10.96.0.0/16 drop", second = "ct state new ip daddr 10.97.0.0/24 drop";
        _api.Set(Objects.Ranges("kubernetes", "10.96.0.0/16", "fd00:96::/112"));
        await UntilAsync(() => UnknownRules().SequenceEqual([known, first]));
        _api.Set(Objects.Ranges("more", "10.97.0.0/24"));
        await UntilAsync(() => UnknownRules().SequenceEqual([known, first, second]));
        _api.Remove<ServiceCIDR>("", "kubernetes");
        await UntilAsync(() => UnknownRules().SequenceEqual([known, second]));
        Assert.Contains("10.96.0.9 . 80 . 0", Endpoints.Keys);
    }

    [Fact]
    public async Task Change_UdpEndpointGone_CleansItsFlows()
    {
        _api.Set(Objects.Service("dns", "10.96.0.10", 53, "UDP"));
        _api.Set(Objects.SliceOf("dns", 53, "UDP", Objects.Endpoint("10.244.0.9")));
        await UntilAsync(() => _nftables.Tables["ip sampan-proxy"].Maps["endpoints-udp"].ContainsKey("10.96.0.10 . 53 . 0"));
        _conntrack.Cleaned.Clear();
        _api.Set(Objects.SliceOf("dns", 53, "UDP"));
        await UntilAsync(() => _conntrack.Cleaned.Contains("10.96.0.10 . udp . 53"));
    }

    [Fact]
    public async Task Change_NodeGetsAZone_KeepsTrafficInIt()
    {
        var near = Objects.Endpoint("10.244.0.5");
        near.Hints = new() { ForZones = [new() { Name = "here" }] };
        var far = Objects.Endpoint("10.244.1.5");
        far.Hints = new() { ForZones = [new() { Name = "there" }] };
        _api.Set(Objects.SliceOf("web", 8080, "TCP", near, far));
        _api.Set(new Node { Metadata = new() { Name = "a", Labels = new() { ["topology.kubernetes.io/zone"] = "here" } } });
        await UntilAsync(() => Endpoints.Count == 1 && Endpoints.ContainsValue("10.244.0.5 . 8080"));
    }

    [Fact]
    public async Task Metrics_AfterAChange_HaveUpstreamsNames()
    {
        var slice = Objects.Slice("web", 8080, "10.244.0.9");
        slice.Metadata.Annotations = new() { ["endpoints.kubernetes.io/last-change-trigger-time"] = TimeProvider.System.GetUtcNow().ToString("O") };
        _api.Set(slice);
        await UntilAsync(() => _metrics.Render().Contains("kubeproxy_network_programming_duration_seconds_count{ip_family=\"IPv4\"} 1\n"));
        string text = _metrics.Render();
        foreach (string name in new[]
        {
            "sync_proxy_rules_duration_seconds_count{ip_family=\"IPv4\"}", "sync_full_proxy_rules_duration_seconds_count{ip_family=\"IPv4\"} 1",
            "sync_partial_proxy_rules_duration_seconds_count{ip_family=\"IPv4\"} 1", "sync_proxy_rules_last_timestamp_seconds{ip_family=\"IPv4\"}",
            "sync_proxy_rules_last_queued_timestamp_seconds{ip_family=\"IPv4\"}", "sync_proxy_rules_service_changes_total 1",
            "sync_proxy_rules_endpoint_changes_total 2", "sync_proxy_rules_endpoint_changes_pending 0", "sync_proxy_rules_service_changes_pending 0",
            "sync_proxy_rules_nftables_sync_failures_total{ip_family=\"IPv4\"} 0", "sync_proxy_rules_nftables_cleanup_failures_total{ip_family=\"IPv4\"} 0",
            "sync_proxy_rules_no_local_endpoints_total{ip_family=\"IPv4\",traffic_policy=\"external\"} 0",
        })
        {
            Assert.Contains("kubeproxy_" + name, text);
        }
    }

    [Fact]
    public async Task Metrics_PolicyLocalWithoutEndpointHere_IsCounted()
    {
        const string count = "kubeproxy_sync_proxy_rules_no_local_endpoints_total{ip_family=\"IPv4\",traffic_policy=\"internal\"} ";
        _api.Set(Objects.Service("web", "10.96.0.9", change: s => s.Spec.InternalTrafficPolicy = "Local"));
        await UntilAsync(() => _metrics.Render().Contains(count + "1\n"));
        _api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint("10.244.0.5", node: "a")));
        await UntilAsync(() => _metrics.Render().Contains(count + "0\n"));
    }

    /// <summary>What is done with packets to Services that none of the rules translated.</summary>
    private List<string> UnknownRules() => _nftables.Tables["ip sampan-proxy"].Chains["filter-forward"];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }
}
