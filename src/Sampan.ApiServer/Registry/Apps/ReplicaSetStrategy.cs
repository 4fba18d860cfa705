using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Replica sets.</summary>
internal sealed class ReplicaSetStrategy() : SpecStatusStrategy<ReplicaSet>(Parts)
{
    private static readonly SpecStatus<ReplicaSet> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        set => set.Status = new ReplicaSetStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = set => set.Spec.Template.Spec,
    };

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["status.replicas"];

    protected override IReadOnlyList<string> SelectableFieldValues(ReplicaSet set) => [set.Status.Replicas.ToString()];

    protected override void Default(ReplicaSet set)
    {
        set.Spec.Replicas ??= 1;
        PodDefaults.ApplyTemplate(set.Spec.Template.Spec);
    }

    protected override void Validate(WriteContext context, ReplicaSet set, FieldErrors errors) => Validate(set, null, errors);

    /// <summary>Upstream looks at the spec twice: as one of a new object, and as one of a changed object.</summary>
    protected override void ValidateUpdate(WriteContext context, ReplicaSet set, ReplicaSet old, FieldErrors errors)
    {
        Validate(set, old, errors);
        Validate(set, old, errors);
        WorkloadValidation.ImmutableSelector(set.Spec.Selector, old.Spec.Selector, errors);
    }

    private static void Validate(ReplicaSet set, ReplicaSet? old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        FieldChecks.NotNegative(path.Child("replicas"), set.Spec.Replicas, errors);
        FieldChecks.NotNegative(path.Child("minReadySeconds"), set.Spec.MinReadySeconds, errors);
        if (WorkloadValidation.Selector(set.Spec.Selector, set.Spec.Template, "deployment", errors))
        {
            WorkloadValidation.LastingTemplate(set.Spec.Template, old?.Spec.Template, path.Child("template"), "ReplicaSet", errors);
        }
    }

    protected override IEnumerable<string> Warnings(WriteContext context, ReplicaSet set, ReplicaSet? old) =>
    [
        .. old is null ? WorkloadWarnings.OfName(set.Metadata.Name) : [],
        .. WorkloadWarnings.OfTemplate(set, old, set.Spec.Template, FieldPath.Of("spec", "template")),
    ];

    protected override void ValidateStatusUpdate(WriteContext context, ReplicaSet set, ReplicaSet old, FieldErrors errors)
    {
        var (status, path) = (set.Status, FieldPath.Of("status"));
        WorkloadValidation.ReplicaCounts(
            status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.TerminatingReplicas,
            status.ObservedGeneration, path, errors);
    }
}
