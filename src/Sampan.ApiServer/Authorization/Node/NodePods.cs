using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Authorization.Node;

/// <summary>The pods of each node, kept by subscription.</summary>
internal sealed class NodePods : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ObjectKey, Pod>> _nodes = new();
    private readonly IDisposable _subscription;

    public NodePods(IObjectSource objects) => _subscription = objects.Subscribe<Pod>(OnPod);

    public IEnumerable<Pod> Of(string nodeName) => _nodes.TryGetValue(nodeName, out var pods) ? pods.Values : [];

    public Pod? Find(string nodeName, string ns, string name) =>
        _nodes.TryGetValue(nodeName, out var pods) ? pods.GetValueOrDefault(new ObjectKey(ns, name)) : null;

    public void Dispose() => _subscription.Dispose();

    private void OnPod(Pod? old, Pod? current)
    {
        if (old?.Spec?.NodeName is { Length: > 0 } left && left != current?.Spec?.NodeName && _nodes.TryGetValue(left, out var pods))
            pods.TryRemove(KeyOf(old), out _);
        if (current?.Spec?.NodeName is { Length: > 0 } node)
            _nodes.GetOrAdd(node, _ => new ConcurrentDictionary<ObjectKey, Pod>())[KeyOf(current)] = current;
    }

    private static ObjectKey KeyOf(Pod pod) => new(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "");
}
