using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.Benchmarks.Server;

/// <summary>
/// Requests through the whole pipeline (authentication, authorization, admission, validation, store), without sockets.
/// Budgets: GET 5 KiB, LIST of 5,000 pods 150 KiB, create a ConfigMap 16 KiB, create a pod typed 40 KiB.
/// </summary>
public class PipelineBenchmarks
{
    private const int Pods = 5000;
    private const string Body = """{"metadata":{"name":"NAME"},"data":{"key":"value"}}""";

    private string _directory = "";
    private EmbeddedStore _store = null!;
    private ApiServer.ApiServer _server = null!;
    private ApiClient _client = null!;
    private int _created;

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark]
    public Task Get() => SendAsync("GET", "/api/v1/namespaces/default/pods/pod-17", null);

    [Benchmark]
    public Task List5000() => SendAsync("GET", "/api/v1/namespaces/default/pods", null);

    [Benchmark]
    public Task CreateConfigMap() => SendAsync(
        "POST", "/api/v1/namespaces/default/configmaps", Body.Replace("NAME", $"c{_created++}", StringComparison.Ordinal));

    [Benchmark]
    public Task CreateTyped() => _client.Of<Pod>().CreateAsync(NewPod($"typed-{_created++}"), CancellationToken.None);

    private async Task SetupAsync()
    {
        _directory = Directory.CreateTempSubdirectory("sampan-bench-").FullName;
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });
        _server = new ApiServer.ApiServer(new ApiServerOptions { Store = _store, Authorization = new AuthorizationOptions { AlwaysAllow = true } });
        await _server.StartAsync(CancellationToken.None);
        _client = new ApiClient(_server.Loopback());
        await _client.Of<ServiceAccount>().CreateAsync(
            new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
        await Parallel.ForEachAsync(Enumerable.Range(0, Pods), async (i, cancelled) =>
            await _client.Of<Pod>().CreateAsync(NewPod($"pod-{i}"), cancelled));
    }

    private async Task CleanupAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task SendAsync(string method, string path, string? body)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        (http.Request.Method, http.Request.Path) = (method, path);
        if (body is not null)
        {
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        }
        await _server.InvokeAsync(http);
        await http.Response.CompleteAsync();
    }

    private static Pod NewPod(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = new() { ["app"] = "web" } },
        Spec = new() { Containers = [new() { Name = "c", Image = "nginx", Ports = [new() { ContainerPortValue = 80 }] }] },
    };
}
