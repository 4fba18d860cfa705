using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>Runs equal, replaceable pods and replaces them step by step when their template changes.</summary>
[ApiType("io.k8s.api.apps.v1.Deployment")]
[Kind("apps", "v1", Plural = "deployments", Singular = "deployment", Namespaced = true, ShortNames = ["deploy"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("scale", Group = "autoscaling", Kind = "Scale", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Deployment : IObject<Deployment>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How many pods there are to be, what they look like and how they are replaced.</summary>
    [Field("spec", 2)]
    public DeploymentSpec Spec { get; set; } = new();

    /// <summary>How far the rollout has got.</summary>
    [Field("status", 3)]
    public DeploymentStatus Status { get; set; } = new();
}
