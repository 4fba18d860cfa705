using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>The document of <c>/stats/summary</c>, in the form of stats.k8s.io's v1alpha1.</summary>
internal static class SummaryJson
{
    public static JsonObject Write(NodeStats node) => new()
    {
        ["node"] = Object(
            ("nodeName", node.Name),
            ("systemContainers", SystemContainers(node)),
            ("startTime", Text(node.Host.BootedAt)),
            ("cpu", Write(node.Cpu)),
            ("memory", Write(node.Memory)),
            ("io", Io(node.Io, node.Time)),
            ("network", Network(node.Network, node.Time)),
            ("fs", Write(node.FileSystem)),
            ("runtime", node.ImageFileSystem is { } images ? Object(("imageFs", Write(images)), ("containerFs", Write(images))) : null),
            ("rlimit", node.Processes is { } count ? Object(("time", Text(node.Time)), ("maxpid", count.Max), ("curproc", count.Current)) : null),
            ("swap", Swap(node.Memory, node.Host.SwapTotal))),
        ["pods"] = new JsonArray([.. node.Pods.Select(Write)]),
    };

    private static JsonArray? SystemContainers(NodeStats node) => node.Systems.Count == 0 ? null : new JsonArray([.. node.Systems.Select(system => Object(
        ("name", system.Name),
        ("startTime", Text(node.Host.BootedAt)),
        ("cpu", Write(system.Cpu)),
        ("memory", Write(system.Memory)),
        ("io", Io(system.Io, node.Time)),
        ("swap", system.Memory.Swap is null ? null : Swap(system.Memory, null))))]);

    private static JsonObject Write(PodStats pod) => Object(
        ("podRef", Object(("name", pod.Pod.Metadata.Name), ("namespace", pod.Pod.Metadata.Namespace), ("uid", pod.Pod.Metadata.Uid))),
        ("startTime", Text(pod.StartedAt)),
        ("containers", new JsonArray([.. pod.Containers.Select(Write)])),
        ("cpu", pod.Cpu is { } cpu ? Write(cpu) : null),
        ("memory", pod.Memory is { } memory ? Write(memory) : null),
        ("io", Io(pod.Io, pod.Cpu?.Time ?? pod.StartedAt)),
        ("network", Network(pod.Network.Value, pod.Cpu?.Time ?? pod.StartedAt)),
        ("volume", pod.Volumes.Count > 0 ? new JsonArray([.. pod.Volumes.Select(v => Write(v, pod.Pod.Metadata.Namespace))]) : null),
        ("ephemeral-storage", Write(pod.EphemeralStorage)),
        ("process_stats", pod.Processes is { } count ? Object(("process_count", count)) : null),
        ("swap", pod.Memory is { Swap: not null } m ? Swap(m, null) : null));

    private static JsonObject Write(ContainerStats container) => Object(
        ("name", container.Name),
        ("startTime", Text(container.StartedAt)),
        ("cpu", container.Cpu is { } cpu ? Write(cpu) : null),
        ("memory", container.Memory is { } memory ? Write(memory) : null),
        ("io", Io(container.Io, container.Cpu?.Time ?? container.StartedAt)),
        ("rootfs", Write(container.RootFs)),
        ("logs", Write(container.Logs)),
        ("swap", container.Memory is { Swap: not null } m ? Swap(m, null) : null));

    private static JsonObject Write(CpuStats cpu) =>
        Object(("time", Text(cpu.Time)), ("usageNanoCores", cpu.NanoCores), ("usageCoreNanoSeconds", cpu.CoreNanoseconds), ("psi", Psi(cpu.Pressure)));

    private static JsonObject Write(MemoryStats memory) => Object(
        ("time", Text(memory.Time)),
        ("availableBytes", memory.Available),
        ("usageBytes", memory.Usage),
        ("workingSetBytes", memory.WorkingSet),
        ("rssBytes", memory.Rss),
        ("pageFaults", memory.PageFaults),
        ("majorPageFaults", memory.MajorPageFaults),
        ("psi", Psi(memory.Pressure)));

    private static JsonObject? Io(Pressure? pressure, DateTimeOffset time) => pressure is null ? null : Object(("time", Text(time)), ("psi", Psi(pressure)));

    private static JsonObject? Psi(Pressure? pressure) => pressure is null ? null : Object(("full", Share(pressure.Full)), ("some", Share(pressure.Some)));

    private static JsonObject Share(PressureShare share) =>
        Object(("total", share.Total), ("avg10", share.Avg10), ("avg60", share.Avg60), ("avg300", share.Avg300));

    private static JsonObject Swap(MemoryStats memory, long? total) =>
        Object(("time", Text(memory.Time)), ("swapAvailableBytes", total - memory.Swap), ("swapUsageBytes", memory.Swap));

    private static JsonObject? Write(FileSystemStats? fs) => fs is null ? null : Object(
        ("time", Text(fs.Time)),
        ("availableBytes", fs.Of.Available),
        ("capacityBytes", fs.Of.Capacity),
        ("usedBytes", fs.Used),
        ("inodesFree", fs.Of.InodesFree),
        ("inodes", fs.Of.Inodes),
        ("inodesUsed", fs.InodesUsed));

    private static JsonObject Write(VolumeStats volume, string ns)
    {
        var result = Write(volume.Usage)!;
        result["name"] = volume.Name;
        if (volume.Claim is { } claim)
        {
            result["pvcRef"] = Object(("name", claim), ("namespace", ns));
        }

        return result;
    }

    /// <summary>The first interface is the one that the pod or node is known by.</summary>
    private static JsonObject? Network(IReadOnlyList<NetworkInterfaceUsage> interfaces, DateTimeOffset time)
    {
        if (interfaces.Count == 0)
        {
            return null;
        }

        var result = Write(interfaces[0]);
        result["time"] = Text(time);
        result["interfaces"] = new JsonArray([.. interfaces.Select(Write)]);
        return result;
    }

    private static JsonObject Write(NetworkInterfaceUsage usage) =>
        Object(("name", usage.Name), ("rxBytes", usage.RxBytes), ("rxErrors", usage.RxErrors), ("txBytes", usage.TxBytes), ("txErrors", usage.TxErrors));

    /// <summary>What is not known is left out.</summary>
    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var result = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
