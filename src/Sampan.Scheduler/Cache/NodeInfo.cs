using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// A node with the sums over the pods on it, kept up to date as pods come and go. It belongs to the scheduling loop: only
/// that reads or changes it.
/// </summary>
public sealed class NodeInfo(string name)
{
    private readonly Dictionary<string, PodInfo> _pods = [];
    private readonly List<HostPort> _ports = [];

    public string Name { get; } = name;

    /// <summary>Null while only pods on it are known, not the node itself.</summary>
    public Node? Node { get; private set; }

    public Resources Allocatable { get; private set; } = new();
    public Resources Requested { get; } = new();
    public Resources NonZeroRequested { get; } = new();
    public IReadOnlyCollection<PodInfo> Pods => _pods.Values;
    public IReadOnlyDictionary<string, long> ImageSizes { get; private set; } = new Dictionary<string, long>();

    public bool IsPortFree(HostPort port) => !_ports.Exists(port.CollidesWith);

    internal void SetNode(Node? node)
    {
        Node = node;
        Allocatable = Resources.From(node?.Status.Allocatable);
        ImageSizes = node is null ? new Dictionary<string, long>() : Images(node);
    }

    internal void AddPod(PodInfo pod)
    {
        _pods[pod.Uid] = pod;
        Requested.Add(pod.Requests);
        NonZeroRequested.Add(pod.NonZeroRequests);
        _ports.AddRange(pod.HostPorts);
    }

    internal void RemovePod(PodInfo pod)
    {
        if (!_pods.Remove(pod.Uid)) return;
        Requested.Subtract(pod.Requests);
        NonZeroRequested.Subtract(pod.NonZeroRequests);
        foreach (var port in pod.HostPorts) _ports.Remove(port);
    }

    private static Dictionary<string, long> Images(Node node)
    {
        var sizes = new Dictionary<string, long>();
        foreach (var image in node.Status.Images.OrEmpty())
        {
            foreach (var name in image.Names.OrEmpty()) sizes[name] = image.SizeBytes;
        }
        return sizes;
    }
}
