using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// A node with the sums over the pods on it, kept up to date as pods come and go. It belongs to the scheduling loop: only
/// that reads or changes it.
/// </summary>
public sealed class NodeInfo
{
    private static readonly Dictionary<string, long> NoImages = [];

    private readonly Dictionary<string, PodInfo> _pods = [];
    private readonly List<HostPort> _ports = [];
    private List<PodInfo>? _nominated;

    internal NodeInfo(string name, int slot) => (Name, Slot) = (name, slot);

    public string Name { get; }

    /// <summary>Its place in the <see cref="NodeTable"/>.</summary>
    public int Slot { get; }

    /// <summary>Null while only pods on it are known, not the node itself.</summary>
    public Node? Node { get; private set; }

    public Resources Allocatable { get; private set; } = new();
    public Resources Requested { get; } = new();
    public Resources NonZeroRequested { get; } = new();
    public IReadOnlyCollection<PodInfo> Pods => _pods.Values;
    public IReadOnlyDictionary<string, long> ImageSizes { get; private set; } = NoImages;

    /// <summary>Pods that wait for room that is being made here for them.</summary>
    public IReadOnlyList<PodInfo> Nominated => _nominated ?? [];

    public bool IsPortFree(HostPort port)
    {
        foreach (var taken in _ports)
        {
            if (port.CollidesWith(taken)) return false;
        }
        return true;
    }

    internal void SetNode(Node? node)
    {
        Node = node;
        Allocatable = Resources.From(node?.Status.Allocatable);
        ImageSizes = node?.Status.Images is { Count: > 0 } ? Images(node) : NoImages;
    }

    internal void AddPod(PodInfo pod)
    {
        _pods[pod.Uid] = pod;
        Requested.Add(pod.Requests);
        NonZeroRequested.Add(pod.NonZeroRequests);
        if (pod.HostPorts.Count > 0) _ports.AddRange(pod.HostPorts);
    }

    /// <summary>Puts a newer version of a pod in the place of one that counts the same.</summary>
    internal void Replace(PodInfo pod) => _pods[pod.Uid] = pod;

    internal bool RemovePod(PodInfo pod)
    {
        if (!_pods.Remove(pod.Uid, out var known)) return false;
        Requested.Subtract(known.Requests);
        NonZeroRequested.Subtract(known.NonZeroRequests);
        foreach (var port in known.HostPorts) _ports.Remove(port);
        return true;
    }

    internal void Nominate(PodInfo pod) => (_nominated ??= []).Add(pod);

    internal void RemoveNomination(PodInfo pod) => _nominated?.Remove(pod);

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
