using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Replication controllers, whose deletion leaves their pods unless it says otherwise.</summary>
internal sealed class ReplicationControllerStrategy() : SpecStatusStrategy<ReplicationController>(Parts)
{
    private static readonly SpecStatus<ReplicationController> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        controller => controller.Status = new ReplicationControllerStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = controller => controller.Spec.Template?.Spec,
    };

    public override bool OrphansDependentsByDefault => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["status.replicas"];

    protected override IReadOnlyList<string> SelectableFieldValues(ReplicationController controller) => [controller.Status.Replicas.ToString()];

    protected override void Default(ReplicationController controller)
    {
        var spec = controller.Spec;
        spec.Replicas ??= 1;
        if (spec.Template is not { } template)
        {
            return;
        }
        PodDefaults.ApplyTemplate(template.Spec);
        if (spec.Selector.OrEmpty().Count == 0 && template.Metadata.Labels is { } labels)
        {
            spec.Selector = new(labels);
        }
        if (controller.Metadata.Labels.OrEmpty().Count == 0 && template.Metadata.Labels is { } own)
        {
            controller.Metadata.Labels = new(own);
        }
    }

    protected override void Validate(WriteContext context, ReplicationController controller, FieldErrors errors) =>
        Validate(controller, null, errors);

    /// <summary>Upstream looks at the spec twice: as one of a new object, and as one of a changed object.</summary>
    protected override void ValidateUpdate(
        WriteContext context, ReplicationController controller, ReplicationController old, FieldErrors errors)
    {
        Validate(controller, old, errors);
        Validate(controller, old, errors);
    }

    private static void Validate(ReplicationController controller, ReplicationController? old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        FieldChecks.NotNegative(path.Child("minReadySeconds"), controller.Spec.MinReadySeconds, errors);
        if (controller.Spec.Selector.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("selector"));
        }
        FieldChecks.NotNegative(path.Child("replicas"), controller.Spec.Replicas, errors);
        if (controller.Spec.Template is not { } template)
        {
            errors.Required(path.Child("template"));
            return;
        }
        WorkloadValidation.MatchesTemplate(
            Api.Selectors.Selector.FromLabels(controller.Spec.Selector), template, path.Child("template"), errors);
        WorkloadValidation.LastingTemplate(template, old?.Spec.Template, path.Child("template"), "ReplicationController", errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, ReplicationController controller, ReplicationController? old) =>
    [
        .. old is null ? WorkloadWarnings.OfName(controller.Metadata.Name) : [],
        .. WorkloadWarnings.OfTemplate(controller, old, controller.Spec.Template, FieldPath.Of("spec", "template")),
    ];

    protected override void ValidateStatusUpdate(
        WriteContext context, ReplicationController controller, ReplicationController old, FieldErrors errors)
    {
        var (status, path) = (controller.Status, FieldPath.Of("status"));
        WorkloadValidation.ReplicaCounts(
            status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, null, status.ObservedGeneration, path, errors);
    }
}
