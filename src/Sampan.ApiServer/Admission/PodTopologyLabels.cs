using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>A pod that gets a node takes the node's zone and region as labels, for the downward API.</summary>
internal sealed class PodTopologyLabels(IObjectSource objects) : AdmissionPlugin
{
    private static readonly string[] Copied = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

    public override string Name => "PodTopologyLabels";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Body: Binding { Target: { Kind: null or "" or "Node" } target } binding })
        {
            Copy(target.Name, binding);
        }
        else if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: Pod pod })
        {
            Copy(pod.Spec.NodeName, pod);
        }
        return ValueTask.CompletedTask;
    }

    private void Copy(string? nodeName, IObject to)
    {
        if (string.IsNullOrEmpty(nodeName) || objects.Get<Node>(null, nodeName) is not { } node)
        {
            return;
        }
        foreach (var key in Copied)
        {
            if (node.Metadata.Labels.OrEmpty().TryGetValue(key, out var value))
            {
                (to.Metadata.Labels ??= [])[key] = value;
            }
        }
    }
}
