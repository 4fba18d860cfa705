using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Kinds that keep pods running.</summary>
internal static class WorkloadTables
{
    public static TableColumns Deployments { get; } = new TableColumns<Deployment>
    {
        Name<Deployment>(),
        Text<Deployment>("Ready", "Ready pods of those wanted.", d => $"{d.Status.ReadyReplicas}/{d.Spec.Replicas ?? 0}"),
        Make<Deployment>("Up-to-date", "string", "Pods with the current template.", (d, _) => d.Status.UpdatedReplicas),
        Make<Deployment>("Available", "string", "Pods ready for long enough.", (d, _) => d.Status.AvailableReplicas),
        Age<Deployment>(),
        ContainerNames<Deployment>(d => d.Spec.Template),
        ContainerImages<Deployment>(d => d.Spec.Template),
        Text<Deployment>("Selector", "Which pods belong to it.", d => CellText.Selector(d.Spec.Selector, "<invalid>")).Wide(),
    };

    public static TableColumns ReplicaSets { get; } = new TableColumns<ReplicaSet>
    {
        Name<ReplicaSet>(),
        Number<ReplicaSet>("Desired", "How many pods are wanted.", r => r.Spec.Replicas ?? 0),
        Number<ReplicaSet>("Current", "How many pods there are.", r => r.Status.Replicas),
        Number<ReplicaSet>("Ready", "How many pods are ready.", r => r.Status.ReadyReplicas),
        Age<ReplicaSet>(),
        ContainerNames<ReplicaSet>(r => r.Spec.Template),
        ContainerImages<ReplicaSet>(r => r.Spec.Template),
        Text<ReplicaSet>("Selector", "Which pods belong to it.", r => CellText.Selector(r.Spec.Selector)).Wide(),
    };

    public static TableColumns ReplicationControllers { get; } = new TableColumns<ReplicationController>
    {
        Name<ReplicationController>(),
        Number<ReplicationController>("Desired", "How many pods are wanted.", r => r.Spec.Replicas ?? 0),
        Number<ReplicationController>("Current", "How many pods there are.", r => r.Status.Replicas),
        Number<ReplicationController>("Ready", "How many pods are ready.", r => r.Status.ReadyReplicas),
        Age<ReplicationController>(),
        ContainerNames<ReplicationController>(r => r.Spec.Template),
        ContainerImages<ReplicationController>(r => r.Spec.Template),
        Text<ReplicationController>("Selector", "Which pods belong to it.", r => CellText.Labels(r.Spec.Selector)).Wide(),
    };

    public static TableColumns StatefulSets { get; } = new TableColumns<StatefulSet>
    {
        Name<StatefulSet>(),
        Text<StatefulSet>("Ready", "Ready pods of those wanted.", s => $"{s.Status.ReadyReplicas}/{s.Spec.Replicas ?? 0}"),
        Age<StatefulSet>(),
        ContainerNames<StatefulSet>(s => s.Spec.Template),
        ContainerImages<StatefulSet>(s => s.Spec.Template),
    };

    public static TableColumns DaemonSets { get; } = new TableColumns<DaemonSet>
    {
        Name<DaemonSet>(),
        Number<DaemonSet>("Desired", "Nodes that should run the pod.", d => d.Status.DesiredNumberScheduled),
        Number<DaemonSet>("Current", "Nodes that have the pod.", d => d.Status.CurrentNumberScheduled),
        Number<DaemonSet>("Ready", "Nodes on which the pod is ready.", d => d.Status.NumberReady),
        Number<DaemonSet>("Up-to-date", "Nodes with the current template.", d => d.Status.UpdatedNumberScheduled),
        Number<DaemonSet>("Available", "Nodes on which the pod has been ready for long enough.", d => d.Status.NumberAvailable),
        Text<DaemonSet>("Node Selector", "The labels of the nodes.", d => CellText.Labels(d.Spec.Template.Spec?.NodeSelector)),
        Age<DaemonSet>(),
        ContainerNames<DaemonSet>(d => d.Spec.Template),
        ContainerImages<DaemonSet>(d => d.Spec.Template),
        Text<DaemonSet>("Selector", "Which pods belong to it.", d => CellText.Selector(d.Spec.Selector)).Wide(),
    };

    public static TableColumns ControllerRevisions { get; } = new TableColumns<ControllerRevision>
    {
        Name<ControllerRevision>(),
        Text<ControllerRevision>("Controller", "What the revision belongs to.", OwnerText.ControllerOf),
        Make<ControllerRevision>("Revision", "string", "The number of the revision.", (r, _) => r.Revision),
        Age<ControllerRevision>(),
    };

    public static TableColumns PodDisruptionBudgets { get; } = new TableColumns<PodDisruptionBudget>
    {
        Name<PodDisruptionBudget>(),
        Text<PodDisruptionBudget>("Min Available", "Pods that must stay available.", p => p.Spec.MinAvailable?.ToString() ?? "N/A"),
        Text<PodDisruptionBudget>("Max Unavailable", "Pods that may be unavailable.", p => p.Spec.MaxUnavailable?.ToString() ?? "N/A"),
        Number<PodDisruptionBudget>("Allowed Disruptions", "Pods that may be evicted now.", p => p.Status.DisruptionsAllowed),
        Age<PodDisruptionBudget>(),
    };

    internal static Column<T> ContainerNames<T>(Func<T, PodTemplateSpec?> templateOf) =>
        Text<T>("Containers", "The names of the containers.", o => CellText.ContainerNames(templateOf(o))).Wide();

    internal static Column<T> ContainerImages<T>(Func<T, PodTemplateSpec?> templateOf) =>
        Text<T>("Images", "The images of the containers.", o => CellText.ContainerImages(templateOf(o))).Wide();
}
