using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Pods. Deletion waits for the kubelet of the node that the pod is bound to.</summary>
internal sealed class PodStrategy() : SpecStatusStrategy<Pod>(Parts)
{
    private static readonly SpecStatus<Pod> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        pod => pod.Status = new PodStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    public override IReadOnlyList<string> SelectableFieldNames { get; } =
    [
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
        "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
    ];

    protected override IReadOnlyList<string> SelectableFieldValues(Pod pod) =>
    [
        pod.Spec.NodeName ?? "", pod.Spec.RestartPolicy ?? "", pod.Spec.SchedulerName ?? "", pod.Spec.ServiceAccountName ?? "",
        pod.Spec.HostNetwork ? "true" : "false", pod.Status.Phase ?? "", pod.Status.PodIP ?? "",
        pod.Status.PodIPs.OrEmpty() is [var first, ..] ? first.Ip : "", pod.Status.NominatedNodeName ?? "",
    ];

    protected override void Default(Pod pod) => PodDefaults.Apply(pod);

    protected override void PrepareSpecForCreate(WriteContext context, Pod pod)
    {
        pod.Status = new PodStatus { Phase = "Pending", QosClass = PodQuality.ClassOf(pod.Spec) };
        PodConditions.MarkGated(pod);
    }

    protected override void PrepareSpecForUpdate(WriteContext context, Pod pod, Pod old)
    {
        // Removing the last gate makes the pod known to the scheduler; the condition goes when it is scheduled.
        pod.Spec.EphemeralContainers ??= old.Spec.EphemeralContainers;
    }

    protected override void Validate(WriteContext context, Pod pod, FieldErrors errors) => PodValidation.Validate(pod, errors);

    protected override void ValidateUpdate(WriteContext context, Pod pod, Pod old, FieldErrors errors) =>
        PodUpdateValidation.Validate(pod, old, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Pod pod, Pod? old) =>
        old is null ? PodWarnings.Of(pod.Spec, FieldPath.Of("spec")) : [];

    protected override void PrepareStatusForUpdate(WriteContext context, Pod pod, Pod old)
    {
        pod.Metadata.OwnerReferences = old.Metadata.OwnerReferences;
        pod.Metadata.DeletionTimestamp = null;
        if (string.IsNullOrEmpty(pod.Status.QosClass))
        {
            pod.Status.QosClass = old.Status.QosClass;
        }
    }

    protected override void ValidateStatusUpdate(WriteContext context, Pod pod, Pod old, FieldErrors errors)
    {
        if (old.Status.QosClass is { Length: > 0 } had && pod.Status.QosClass != had)
        {
            errors.Invalid(FieldPath.Of("status").Child("qosClass"), pod.Status.QosClass, "field is immutable");
        }
    }

    protected override bool CheckGracefulDelete(Pod pod, DeleteOptions options)
    {
        var period = options.GracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 0;
        if (string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Status.Phase is "Succeeded" or "Failed")
        {
            period = 0;
        }
        options.GracePeriodSeconds = period < 0 ? 1 : period;
        return true;
    }
}
