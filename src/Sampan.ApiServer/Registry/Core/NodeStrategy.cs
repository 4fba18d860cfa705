using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Nodes.</summary>
internal sealed class NodeStrategy() : SpecStatusStrategy<Node>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<Node> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        _ => { },
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["spec.unschedulable"];

    protected override IReadOnlyList<string> SelectableFieldValues(Node node) => [node.Spec.Unschedulable ? "true" : "false"];

    protected override void Default(Node node)
    {
        if (node.Status.Allocatable is null && node.Status.Capacity is { } capacity)
        {
            node.Status.Allocatable = new(capacity);
        }
        if (node.Spec.PodCIDRs.OrEmpty().Count == 0 && !string.IsNullOrEmpty(node.Spec.PodCIDR))
        {
            node.Spec.PodCIDRs = [node.Spec.PodCIDR];
        }
        else if (string.IsNullOrEmpty(node.Spec.PodCIDR) && node.Spec.PodCIDRs.OrEmpty().Count > 0)
        {
            node.Spec.PodCIDR = node.Spec.PodCIDRs![0];
        }
    }

    protected override void Validate(WriteContext context, Node node, FieldErrors errors) => NodeValidation.ValidateTaints(node.Spec, errors);

    protected override void ValidateUpdate(WriteContext context, Node node, Node old, FieldErrors errors) =>
        NodeValidation.ValidateUpdate(node, old, errors);
}
