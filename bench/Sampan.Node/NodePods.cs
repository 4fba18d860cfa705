using System.Collections.Concurrent;
using System.Diagnostics;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Node;

/// <summary>Pods on one node, and when a watch of the API first showed each of their phases.</summary>
internal sealed class NodePods : IAsyncDisposable
{
    private readonly ApiClient _client;
    private readonly InformerFactory _informers;
    private readonly Informer<Pod> _pods;
    private readonly ConcurrentDictionary<(string Pod, string Phase), long> _seen = new();

    private NodePods(ApiClient client, string node)
    {
        (_client, Node) = (client, node);
        _informers = new InformerFactory(client, TimeProvider.System);
        _pods = _informers.For<Pod>("default");
        _ = _pods.Subscribe((_, pod) =>
        {
            if (pod is not null) _seen.TryAdd((pod.Metadata.Name, pod.Status.Phase ?? ""), Stopwatch.GetTimestamp());
        });
    }

    public string Node { get; }

    public static async Task<NodePods> StartAsync(ApiClient client, string node, CancellationToken ct)
    {
        var pods = new NodePods(client, node);
        await pods._informers.StartAsync(ct);
        while (await client.Of<ServiceAccount>().FindAsync("default", "default", ct) is null) await Task.Delay(50, ct);
        return pods;
    }

    public Task CreateAsync(string name, CancellationToken ct) => _client.CreateAsync(new Pod
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new()
        {
            NodeName = Node,
            RestartPolicy = "Never",
            TerminationGracePeriodSeconds = 1,
            Containers = [new Container { Name = "main", Image = "busybox:1", ImagePullPolicy = "Never", Command = ["sleep", "3600"] }],
        },
    }, ct);

    public Task WaitAsync(IReadOnlyCollection<string> names, string phase, CancellationToken ct) =>
        _pods.WaitUntilAsync(pods => names.All(name => pods.Get(new ObjectKey("default", name))?.Status.Phase == phase), ct);

    /// <summary>Makes room: a node takes 110 pods.</summary>
    public async Task DeleteAllAsync(CancellationToken ct)
    {
        await Task.WhenAll(_pods.List().Select(pod => _client.Of<Pod>().DeleteAsync(pod.Metadata.Namespace, pod.Metadata.Name, ct)));
        await _pods.WaitUntilAsync(pods => pods.Count == 0, ct);
    }

    public long Seen(string name, string phase) => _seen[(name, phase)];

    public string Uid(string name) => _pods.Get("default", name)!.Metadata.Uid;

    public ValueTask DisposeAsync() => _informers.DisposeAsync();
}
