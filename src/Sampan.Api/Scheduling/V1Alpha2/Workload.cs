using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>An application as the scheduler sees it: the groups of pods that it is made of.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.Workload")]
[Kind("scheduling.k8s.io", "v1alpha2", Plural = "workloads", Singular = "workload", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Workload : IObject<Workload>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The groups of the application.</summary>
    [Field("spec", 2, Required = true)]
    public WorkloadSpec Spec { get; set; } = new();
}
