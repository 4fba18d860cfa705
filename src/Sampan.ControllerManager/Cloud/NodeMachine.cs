using System.Text.RegularExpressions;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>What a node's object says of its machine.</summary>
internal static partial class NodeMachine
{
    private static readonly (string Name, string Old)[] Renamed =
    [
        ("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"),
        ("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"),
        ("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"),
    ];

    /// <summary>The node with its machine's id and labels, and without the taint of those that lack them.</summary>
    public static Node Initialized(Node node, InstanceMetadata machine)
    {
        var copy = node.DeepClone();
        if (string.IsNullOrEmpty(copy.Spec.ProviderID)) copy.Spec.ProviderID = machine.ProviderId;
        copy.Spec.Taints!.RemoveAll(t => t.Key == CloudNodeController.Uninitialized);
        if (copy.Spec.Taints.Count == 0) copy.Spec.Taints = null;
        var labels = copy.Metadata.Labels ??= [];
        string?[] values = [machine.Zone, machine.Region, machine.InstanceType];
        foreach (var ((name, old), value) in Renamed.Zip(values))
            if (!string.IsNullOrEmpty(value)) (labels[name], labels[old]) = (value, value);
        foreach (var (name, value) in machine.Labels)
            if (!KubernetesDomain().IsMatch(name)) labels.TryAdd(name, value);
        return copy;
    }

    /// <summary>Labels of today's names that do not say what those of the older names say, which are the ones that providers set first.</summary>
    public static Dictionary<string, string> OutdatedLabels(Node node)
    {
        var (labels, outdated) = (node.Metadata.Labels.OrEmpty(), new Dictionary<string, string>());
        foreach (var (name, old) in Renamed)
            if (labels.GetValueOrDefault(old) is { } value && labels.GetValueOrDefault(name) != value) outdated[name] = value;
        return outdated;
    }

    [GeneratedRegex(@"(^|\.)(kubernetes|k8s)\.io/")]
    private static partial Regex KubernetesDomain();
}
