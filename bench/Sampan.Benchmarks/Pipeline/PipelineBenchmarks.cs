using BenchmarkDotNet.Attributes;
using Sampan.Integration.Tests.Allocations;

namespace Sampan.Benchmarks.Pipeline;

/// <summary>Requests through the whole API server but for the socket. What each may allocate is held by AllocationBudgetTests.</summary>
public class PipelineBenchmarks
{
    private const int Pods = 5000;
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private WireServer _server = null!;
    private int _number;

    [GlobalSetup]
    public async Task Setup()
    {
        _server = await WireServer.StartAsync();
        await _server.AddPodsAsync(Pods);
        await _server.SendAsync("POST", Maps, ConfigMap("settings"));
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _server.DisposeAsync();

    [Benchmark]
    public Task Get() => _server.SendAsync("GET", Maps + "/settings");

    [Benchmark]
    public Task Create() => _server.SendAsync("POST", Maps, ConfigMap($"map-{_number++}"));

    [Benchmark]
    public Task CreatePod() => _server.SendAsync(
        "POST", "/api/v1/namespaces/default/pods?dryRun=All", """{"metadata":{"generateName":"one-"},"spec":{"containers":[{"name":"web","image":"nginx:1"}]}}""");

    [Benchmark]
    public Task Update() => _server.SendAsync("PUT", Maps + "/settings", ConfigMap("settings"));

    [Benchmark]
    public Task Patch() => _server.SendAsync("PATCH", Maps + "/settings", $$"""{"data":{"key":"{{_number++}}"} }""", contentType: "application/merge-patch+json");

    [Benchmark]
    [Arguments("application/json")]
    [Arguments("application/vnd.kubernetes.protobuf")]
    [Arguments("application/json;as=Table;v=v1;g=meta.k8s.io")]
    public Task List(string form) => _server.SendAsync("GET", "/api/v1/namespaces/default/pods", accept: form);

    private string ConfigMap(string name) => $$"""{"metadata":{"name":"{{name}}"},"data":{"key":"value {{_number++}}"} }""";
}
