using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Api.Metrics.V1Beta1;
using Server = Sampan.ControllerManager.MetricsServer.MetricsServer;

namespace Sampan.ControllerManager.Tests.MetricsServer;

public sealed class MetricsServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private readonly Server _server;
    private volatile int _scrapes;
    private readonly Lock _lock = new();
    private double _cores = 0.5;
    private double _usedBefore;
    private DateTimeOffset _since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DateTimeOffset? _started;
    private volatile bool _failing;

    public MetricsServerTests()
    {
        _api = new FakeApi(_time) { Special = Answer };
        _server = new Server(new() { Client = () => _api.Client, Time = _time, Logs = NullLoggerFactory.Instance });
    }

    public async ValueTask InitializeAsync()
    {
        _api.Put(new Node
        {
            Metadata = new() { Name = "n", Labels = new() { ["kind"] = "real" } },
            Status = new() { DaemonEndpoints = new() { KubeletEndpoint = new() { Port = 10250 } }, Conditions = [new() { Type = "Ready", Status = "True" }] },
        });
        _api.Put(new Node { Metadata = new() { Name = "simulated" }, Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] } });
        _api.Put(new Pod { Metadata = new() { Namespace = "default", Name = "p", Labels = new() { ["app"] = "web" } }, Spec = new() { NodeName = "n" }, Status = new() { Phase = "Running" } });
        await _server.StartAsync(default);
        await Eventually.TrueAsync(() => _scrapes == 1, "the first scrape");
    }

    public async ValueTask DisposeAsync() => await _server.StopAsync(default);

    [Fact]
    public async Task Metrics_TwoScrapes_ShowTheRateBetweenThem()
    {
        Assert.Empty(_server.NodeMetrics());
        var node = await UntilAsync(() => _server.NodeMetrics().SingleOrDefault());
        Assert.Equal("n", node.Metadata.Name);
        Assert.Equal("real", node.Metadata.Labels!["kind"]);
        Assert.Equal("1", node.Usage["cpu"].ToString());
        Assert.Equal("1Gi", node.Usage["memory"].ToString());
        Assert.True(node.Window.ToTimeSpan() >= TimeSpan.FromSeconds(2));
        var pod = await UntilAsync(() => _server.PodMetrics().SingleOrDefault());
        Assert.Equal(("default", "p", "web"), (pod.Metadata.Namespace, pod.Metadata.Name, pod.Metadata.Labels!["app"]));
        Assert.Equal(["a", "b"], pod.Containers.Select(c => c.Name));
        Assert.Equal("500m", pod.Containers[0].Usage["cpu"].ToString());
        Assert.Equal("64Mi", pod.Containers[0].Usage["memory"].ToString());
    }

    [Fact]
    public async Task Metrics_LoadChanges_ShowsTheNewRate()
    {
        await UntilAsync(() => _server.PodMetrics().SingleOrDefault());
        lock (_lock) (_usedBefore, _since, _cores) = (Used(), _time.GetUtcNow(), 2);
        await UntilAsync(() => _server.PodMetrics().SingleOrDefault(p => p.Containers[0].Usage["cpu"].ToString() == "2"));
    }

    [Fact]
    public async Task Scrapes_NobodyAsks_BecomeRare()
    {
        for (var i = 0; i < 60; i++)
        {
            await Task.Delay(1);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(_scrapes, 1, 7);
        await UntilAsync(() => _scrapes > 3 ? "some" : null);
    }

    [Fact]
    public async Task Metrics_KubeletFails_AreShownForAWhileOnly()
    {
        await UntilAsync(() => _server.PodMetrics().SingleOrDefault());
        _failing = true;
        await UntilAsync(() => _server.PodMetrics().Count == 0 ? "none" : null);
        _failing = false;
        await UntilAsync(() => _server.PodMetrics().SingleOrDefault());
    }

    [Fact]
    public async Task Metrics_ContainerJustStarted_IsComparedWithItsStart()
    {
        _started = _time.GetUtcNow() - TimeSpan.FromSeconds(10);
        lock (_lock) _usedBefore = 2;
        var pod = await UntilAsync(() => _server.PodMetrics().SingleOrDefault());
        Assert.True(pod.Window.ToTimeSpan() >= TimeSpan.FromSeconds(1));
    }

    private object? Answer(ApiRequest request)
    {
        if (request.RawPath != "/api/v1/nodes/n/proxy/metrics/resource") return null;
        _scrapes++;
        if (_failing) throw new ApiConnectionException("connection refused");
        var now = _time.GetUtcNow();
        var time = now.ToUnixTimeMilliseconds();
        double used;
        lock (_lock) used = Used();
        var start = _started is { } at ? at.ToUnixTimeSeconds() : 1;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            node_cpu_usage_seconds_total {{used * 2}} {{time}}
            node_memory_working_set_bytes {{1 << 30}} {{time}}
            container_start_time_seconds{container="a",namespace="default",pod="p"} {{start}}
            container_cpu_usage_seconds_total{container="a",namespace="default",pod="p"} {{used}} {{time}}
            container_cpu_usage_seconds_total{container="b",namespace="default",pod="p"} {{used}} {{time}}
            container_memory_working_set_bytes{container="a",namespace="default",pod="p"} {{64 << 20}} {{time}}
            container_memory_working_set_bytes{container="b",namespace="default",pod="p"} {{64 << 20}} {{time}}
            container_memory_working_set_bytes{container="half",namespace="default",pod="other"} 1 {{time}}
            """));
    }

    private double Used() => _usedBefore + ((_time.GetUtcNow() - _since).TotalSeconds * _cores);

    /// <summary>Lets time pass until something is there; kubelets count on, however long the server takes.</summary>
    private async Task<T> UntilAsync<T>(Func<T?> find)
        where T : class
    {
        for (var i = 0; i < 6000; i++)
        {
            if (find() is { } found) return found;
            await Task.Delay(5);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        throw new InvalidOperationException("did not happen");
    }
}
