using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>How much of a signal is left, of how much.</summary>
internal readonly record struct Observation(long Available, long Capacity)
{
    public static Dictionary<string, Observation> Of(NodeStats node)
    {
        var result = new Dictionary<string, Observation> { [Signal.MemoryAvailable] = new(node.Memory.Available ?? 0, node.Host.MemoryTotal) };
        if (node.Systems.FirstOrDefault(system => system.Name == SystemStats.Pods) is { Memory: { Available: { } left } pods })
        {
            result[Signal.AllocatableMemory] = new(left, left + pods.WorkingSet);
        }

        if (node.FileSystem is { Of: var nodeFs })
        {
            result[Signal.NodeFsAvailable] = new(nodeFs.Available, nodeFs.Capacity);
            result[Signal.NodeFsInodesFree] = new(nodeFs.InodesFree, nodeFs.Inodes);
        }

        if (node.ImageFileSystem is { Of: var imageFs })
        {
            result[Signal.ImageFsAvailable] = new(imageFs.Available, imageFs.Capacity);
            result[Signal.ImageFsInodesFree] = new(imageFs.InodesFree, imageFs.Inodes);
        }

        if (node.Processes is { } processes)
        {
            result[Signal.PidAvailable] = new(processes.Max - processes.Current, processes.Max);
        }

        return result;
    }
}
