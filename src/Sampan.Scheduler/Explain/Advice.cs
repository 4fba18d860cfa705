using System.Globalization;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Explain;

/// <summary>What would have to be different for a rule to let a pod onto a node, with the node's own numbers.</summary>
internal static class Advice
{
    public const string BeforeNodes = "no node is looked at until this is resolved";

    public static string Of(string plugin, string reason, PodInfo pod, NodeInfo node) => plugin switch
    {
        "NodeResourcesFit" => Room(reason, pod, node),
        "TaintToleration" => TaintToleration.Untolerated(pod, node.Node!) is { } taint
            ? $"tolerate {Text(taint)}, or take it away: kubectl taint node {node.Name} {taint.Key}:{taint.Effect}-" : reason,
        "NodeUnschedulable" => $"kubectl uncordon {node.Name}",
        "NodeAffinity" => Labels(pod.Pod.Spec, node.Node!),
        "NodeName" => $"the pod asks for node {pod.Pod.Spec.NodeName} by name",
        "NodePorts" => $"free host port {string.Join(", ", pod.HostPorts.Where(p => !node.IsPortFree(p)).Select(p => p.Port))}, or use another",
        "PodTopologySpread" => reason.Contains("missing", StringComparison.Ordinal)
            ? $"label the node with {string.Join(", ", MissingKeys(pod.Pod, node.Node!))}"
            : "place pods in the emptier domains first, raise maxSkew, or make the constraint ScheduleAnyway",
        "InterPodAffinity" => "change the pod's affinity or anti-affinity, or move the pods that it speaks of",
        "VolumeBinding" or "VolumeZone" or "VolumeRestrictions" or "NodeVolumeLimits" => "the pod's volumes decide: see kubectl describe pvc",
        "DynamicResources" => "the pod's resource claims decide: see kubectl describe resourceclaim",
        _ => "",
    };

    /// <summary>What nodes have in common: the same advice, or that of the node that needs the least with how they differ.</summary>
    public static string Common(IReadOnlyList<string> changes)
    {
        var different = changes.Distinct().ToList();
        return different.Count == 1 ? different[0] : string.Create(CultureInfo.InvariantCulture, $"for example: {different.OrderBy(c => c.Length).First()}");
    }

    private static string Room(string reason, PodInfo pod, NodeInfo node)
    {
        var (want, have, used) = (pod.Requests, node.Allocatable, node.Requested);
        return reason switch
        {
            "Too many pods" => $"{node.Pods.Count} of {have.AllowedPods} pods run there: remove one",
            "Insufficient cpu" => Short(want.MilliCpu, have.MilliCpu, used.MilliCpu, Cpu),
            "Insufficient memory" => Short(want.Memory, have.Memory, used.Memory, Bytes),
            "Insufficient ephemeral-storage" => Short(want.EphemeralStorage, have.EphemeralStorage, used.EphemeralStorage, Bytes),
            _ when reason.StartsWith("Insufficient ", StringComparison.Ordinal) => Scalar(reason["Insufficient ".Length..], want, have, used),
            _ => "",
        };
    }

    private static string Scalar(string name, Resources want, Resources have, Resources used) => Short(
        want.Scalars.GetValueOrDefault(name), have.Scalars.GetValueOrDefault(name), used.Scalars.GetValueOrDefault(name), n => n.ToString(CultureInfo.InvariantCulture));

    private static string Short(long want, long have, long used, Func<long, string> text) => want > have
        ? $"asks for {text(want)}, the whole node has {text(have)}: ask for less, or add larger nodes"
        : $"asks for {text(want)}, {text(Math.Max(0, have - used))} of {text(have)} is free: {text(want - Math.Max(0, have - used))} too little";

    private static string Labels(PodSpec spec, Node node)
    {
        var missing = spec.NodeSelector.OrEmpty().Where(p => node.Metadata.Labels.OrEmpty().GetValueOrDefault(p.Key) != p.Value).Select(p => $"{p.Key}={p.Value}").ToList();
        return missing.Count > 0
            ? $"kubectl label node {node.Metadata.Name} {string.Join(' ', missing)}, or drop it from the pod's nodeSelector"
            : "the node matches no term of the pod's required node affinity";
    }

    private static IEnumerable<string> MissingKeys(Pod pod, Node node) => pod.Spec.TopologySpreadConstraints.OrEmpty()
        .Where(c => c.WhenUnsatisfiable == "DoNotSchedule").Select(c => c.TopologyKey).Where(key => node.Metadata.Labels.OrEmpty().ContainsKey(key) is false);

    private static string Text(Taint taint) => string.IsNullOrEmpty(taint.Value) ? $"{taint.Key}:{taint.Effect}" : $"{taint.Key}={taint.Value}:{taint.Effect}";

    private static string Cpu(long milli) => milli % 1000 == 0 ? $"{milli / 1000} cpu" : $"{milli}m cpu";

    private static string Bytes(long bytes)
    {
        string[] units = ["", "Ki", "Mi", "Gi", "Ti"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1) (value, unit) = (value / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#}{units[unit]}");
    }
}
