using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Streaming;
using Sampan.ApiServer.Tests.Admission;
using Sampan.Client;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Streaming;

/// <summary>An API server on a socket with one node, whose kubelet is fake, and the pod default/p on it.</summary>
internal sealed class StreamingServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedStore _store;
    private readonly ApiServer _server;
    private readonly FakeKubelet _kubelet;

    private StreamingServer(string directory, EmbeddedStore store, ApiServer server, FakeKubelet kubelet)
    {
        (_directory, _store, _server, _kubelet) = (directory, store, server, kubelet);
        Client = new ApiClient(server.Loopback());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public ApiClient Client { get; }

    public HttpClient Http { get; }

    public Uri WebSocketAddress(string pathAndQuery) => new($"ws://127.0.0.1:{_server.Address!.Port}{pathAndQuery}");

    public static async Task<StreamingServer> StartAsync(RequestDelegate kubelet, KubeletClientOptions? client = null)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-streaming-").FullName;
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = false });
        var server = new ApiServer(new ApiServerOptions
        {
            Store = store,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
            KubeletClient = client ?? new KubeletClientOptions { ProxiesToLoopback = true },
        });
        await server.StartAsync(default);
        var started = new StreamingServer(directory, store, server, await FakeKubelet.StartAsync(kubelet));
        await started.AddNodeAndPodAsync();
        return started;
    }

    /// <summary>Stores an object as it is, past all checks.</summary>
    public async Task StoreAsync(string key, ITyped obj) =>
        await _store.CommitAsync(Transaction.Create(key, ObjectForms.Encode(obj)), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _kubelet.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AddNodeAndPodAsync()
    {
        var node = (await Client.CreateAsync(new Node { Metadata = new() { Name = "n" } }, default)).DeepClone();
        node.Status.Addresses = [new() { Type = "InternalIP", Address = "127.0.0.1" }];
        node.Status.DaemonEndpoints = new() { KubeletEndpoint = new() { Port = _kubelet.Port } };
        await Client.Of<Node>().UpdateStatusAsync(node, default);
        await Client.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, default);
        var pod = (await Client.CreateAsync(AdmissionPods.Of("p", change: spec => spec.NodeName = "n"), default)).DeepClone();
        pod.Status.PodIP = "127.0.0.1";
        pod.Status.PodIPs = [new() { Ip = "127.0.0.1" }];
        await Client.Of<Pod>().UpdateStatusAsync(pod, default);
    }
}
