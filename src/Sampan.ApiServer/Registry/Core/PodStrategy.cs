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
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = pod => pod.Spec,
    };

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
        PodLabelKeys.Apply(pod);
        AppArmorAnnotations.MoveToFields(pod, context.Warn);
    }

    protected override void Validate(WriteContext context, Pod pod, FieldErrors errors) => PodValidation.Validate(pod, errors);

    protected override void ValidateUpdate(WriteContext context, Pod pod, Pod old, FieldErrors errors) =>
        PodUpdateValidation.Validate(pod, old, errors);

    /// <summary>Updates come from programs, and often: only authors are warned.</summary>
    protected override IEnumerable<string> Warnings(WriteContext context, Pod pod, Pod? old) => old is null ? PodWarnings.Of(pod) : [];

    protected override void PrepareStatusForUpdate(WriteContext context, Pod pod, Pod old)
    {
        pod.Metadata.OwnerReferences = old.Metadata.OwnerReferences;
        pod.Metadata.DeletionTimestamp = null;
        if (string.IsNullOrEmpty(pod.Status.QosClass))
        {
            pod.Status.QosClass = old.Status.QosClass;
        }
        KeepObservedGenerations(pod.Status, old.Status);
    }

    /// <summary>A client that does not know what was observed does not take it away. Conditions of one type count in their order.</summary>
    private static void KeepObservedGenerations(PodStatus status, PodStatus old)
    {
        status.ObservedGeneration = status.ObservedGeneration == 0 ? old.ObservedGeneration : status.ObservedGeneration;
        var known = old.Conditions.OrEmpty().GroupBy(condition => condition.Type).ToDictionary(
            group => group.Key, group => new Queue<long>(group.Select(condition => condition.ObservedGeneration)));
        foreach (var condition in status.Conditions.OrEmpty())
        {
            var was = known.TryGetValue(condition.Type, out var left) && left.TryDequeue(out var generation) ? generation : 0;
            condition.ObservedGeneration = condition.ObservedGeneration == 0 ? was : condition.ObservedGeneration;
        }
    }

    protected override void ValidateStatusUpdate(WriteContext context, Pod pod, Pod old, FieldErrors errors) =>
        PodStatusValidation.Validate(pod, old, errors);

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
