using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Health;
using Sampan.Proxy.Model;
using Sampan.Proxy.Sync;
using Sampan.Testing.Fakes;
using Sampan.Tests;

namespace Sampan.Proxy.Tests.Health;

/// <summary>What load balancers and the kubelet's probes hear from the proxy.</summary>
public sealed class ProxyHealthTests : IAsyncLifetime
{
    private readonly FakeApi _api = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _registry = new();
    private readonly InformerFactory _informers;
    private readonly PendingChanges _pending;
    private readonly NodeSource _node;
    private readonly ProxyHealth _health;

    public ProxyHealthTests()
    {
        var metrics = new ProxyMetrics(_registry, [IPFamily.V4]);
        _informers = new InformerFactory(_api.Client, TimeProvider.System);
        _pending = new PendingChanges(metrics, _time);
        _node = new NodeSource(_informers, new CompileOptions { NodeName = "a" });
        _health = new ProxyHealth(_pending, _node, metrics, _time);
    }

    public async ValueTask InitializeAsync()
    {
        _api.Set(new Node { Metadata = new() { Name = "a" } });
        await _informers.StartAsync(default);
        await _node.WaitForSyncAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        _node.Dispose();
        await _informers.DisposeAsync();
    }

    [Fact]
    public async Task Healthz_BeforeTheFirstRules_IsWell()
    {
        _pending.SawService();
        _time.Advance(ProxyHealth.Patience);
        Assert.Equal(200, (await AskAsync("/healthz")).Code);
    }

    [Fact]
    public async Task Healthz_NothingChangedForLong_IsWellAndRecent()
    {
        Write();
        _time.Advance(TimeSpan.FromDays(1));
        var (code, answer) = await AskAsync("/healthz");
        Assert.Equal(200, code);
        Assert.Equal((string?)answer["currentTime"], (string?)answer["lastUpdated"]);
        Assert.True((bool)answer["nodeEligible"]!);
    }

    [Fact]
    public async Task Healthz_AChangeWaitsTooLong_IsIllUntilItIsWritten()
    {
        Write();
        _pending.SawEndpoints(new EndpointSlice());
        _time.Advance(ProxyHealth.Patience - TimeSpan.FromSeconds(1));
        _pending.BeginWriting();
        Assert.Equal(200, (await AskAsync("/livez")).Code);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, (await AskAsync("/livez")).Code);
        Assert.Equal(503, (await AskAsync("/healthz")).Code);
        Write();
        Assert.Equal(200, (await AskAsync("/healthz")).Code);
    }

    [Fact]
    public async Task Healthz_NodeAboutToGo_SaysNoAndLivezYes()
    {
        Write();
        _api.Set(new Node { Metadata = new() { Name = "a" }, Spec = new() { Taints = [new() { Key = "ToBeDeletedByClusterAutoscaler", Effect = "NoSchedule" }] } });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_node.IsStaying) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        var (code, answer) = await AskAsync("/healthz");
        Assert.Equal((503, false), (code, (bool)answer["nodeEligible"]!));
        Assert.Equal(200, (await AskAsync("/livez")).Code);
        Assert.Contains("kubeproxy_proxy_healthz_total{code=\"503\"} 1", _registry.Render());
        Assert.Contains("kubeproxy_proxy_livez_total{code=\"200\"} 1", _registry.Render());
    }

    [Fact]
    public void Pending_ComesWhileOthersAreWritten_GoesOnWaiting()
    {
        _pending.SawService();
        _pending.BeginWriting();
        _time.Advance(TimeSpan.FromSeconds(1));
        _pending.SawService();
        _pending.Written();
        Assert.Equal(_time.GetUtcNow(), _pending.Oldest);
        Assert.Contains("kubeproxy_sync_proxy_rules_service_changes_pending 1\n", _registry.Render());
        Write();
        Assert.Null(_pending.Oldest);
    }

    private void Write()
    {
        _pending.BeginWriting();
        _pending.Written();
    }

    private async Task<(int Code, JsonNode Answer)> AskAsync(string path)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await _health.Pages[path](http);
        return (http.Response.StatusCode, JsonNode.Parse(body.ToArray())!);
    }
}
