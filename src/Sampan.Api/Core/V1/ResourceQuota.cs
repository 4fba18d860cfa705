using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>How much of each resource all objects of the namespace may use together.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuota")]
[Kind("", "v1", Plural = "resourcequotas", Singular = "resourcequota", Namespaced = true, ShortNames = ["quota"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ResourceQuota : IObject<ResourceQuota>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Limits to enforce in the namespace.</summary>
    [Field("spec", 2)]
    public ResourceQuotaSpec Spec { get; set; } = new();

    /// <summary>Limits that are enforced and how much of them is used up.</summary>
    [Field("status", 3)]
    public ResourceQuotaStatus Status { get; set; } = new();
}
