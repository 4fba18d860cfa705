using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

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
        AmountDefaults.Round(node.Status.Capacity);
        AmountDefaults.Round(node.Status.Allocatable);
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
        else if (!string.IsNullOrEmpty(node.Spec.PodCIDR) && node.Spec.PodCIDR != node.Spec.PodCIDRs![0])
        {
            // Who knows only the single field means it.
            node.Spec.PodCIDRs = [node.Spec.PodCIDR];
        }
    }

    protected override void PrepareSpecForCreate(WriteContext context, Node node) => (node.Spec.ConfigSource, node.Status.Config) = (null, null);

    protected override void PrepareSpecForUpdate(WriteContext context, Node node, Node old)
    {
        if (old.Spec.ConfigSource is null)
        {
            node.Spec.ConfigSource = null;
        }
    }

    protected override void PrepareStatusForUpdate(WriteContext context, Node node, Node old)
    {
        if (old.Status.Config is null)
        {
            node.Status.Config = null;
        }
    }

    protected override void Validate(WriteContext context, Node node, FieldErrors errors) => NodeValidation.Validate(node, [], errors);

    protected override void ValidateUpdate(WriteContext context, Node node, Node old, FieldErrors errors)
    {
        NodeValidation.Validate(node, old.Spec.PodCIDRs ?? [], errors);
        NodeValidation.ValidateUpdate(node, old, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, Node node, Node? old) =>
    [
        .. string.IsNullOrEmpty(node.Spec.ExternalID)
            ? [] : new[] { "spec.externalID: this field is deprecated, and is unused by Kubernetes" },
        .. node.Spec.PodCIDRs.OrEmpty().Index().SelectMany(one =>
            AddressWarnings.OfNetwork(FieldPath.Of("spec", "podCIDRs").Index(one.Index), one.Item)),
    ];

    protected override void ValidateStatusUpdate(WriteContext context, Node node, Node old, FieldErrors errors) =>
        NodeValidation.ValidateUpdate(node, old, errors);
}
