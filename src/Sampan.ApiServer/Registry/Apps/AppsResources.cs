using Sampan.Api.Apps.V1;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>The resources of the group apps.</summary>
internal static class AppsResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.WithStatus(new DeploymentStrategyRules()).WithScale(new ScaleOf<Deployment>(
            d => d.Spec.Replicas ?? 0, d => d.Status.Replicas, d => Text(d.Spec.Selector), (d, replicas) => d.Spec.Replicas = replicas)),
        ResourceDescriptors.WithStatus(new ReplicaSetStrategy()).WithScale(new ScaleOf<ReplicaSet>(
            s => s.Spec.Replicas ?? 0, s => s.Status.Replicas, s => Text(s.Spec.Selector), (s, replicas) => s.Spec.Replicas = replicas)),
        ResourceDescriptors.WithStatus(new StatefulSetStrategy()).WithScale(new ScaleOf<StatefulSet>(
            s => s.Spec.Replicas ?? 0, s => s.Status.Replicas, s => Text(s.Spec.Selector), (s, replicas) => s.Spec.Replicas = replicas)),
        ResourceDescriptors.WithStatus(new DaemonSetStrategy()),
        ResourceDescriptors.Of(new ControllerRevisionStrategy()),
    ];

    private static string? Text(Api.Meta.V1.LabelSelector? selector) => selector is null ? null : Selector.From(selector).ToString();
}
