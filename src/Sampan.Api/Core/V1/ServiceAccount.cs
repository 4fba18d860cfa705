using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>An identity for the processes in pods.</summary>
[ApiType("io.k8s.api.core.v1.ServiceAccount")]
[Kind("", "v1", Plural = "serviceaccounts", Singular = "serviceaccount", Namespaced = true, ShortNames = ["sa"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("token", Group = "authentication.k8s.io", Kind = "TokenRequest", Verbs = ["create"])]
public sealed partial class ServiceAccount : IObject<ServiceAccount>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Secrets that belong to the account; limits which ones its pods may mount only if an annotation demands it.</summary>
    [Field("secrets", 2, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<ObjectReference>? Secrets { get; set; }

    /// <summary>Secrets with registry credentials that pods of the account get unless they name their own.</summary>
    [Field("imagePullSecrets", 3, ListType = "atomic")]
    public List<LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>Whether pods of the account get a token unless they say otherwise; true when absent.</summary>
    [Field("automountServiceAccountToken", 4)]
    public bool? AutomountServiceAccountToken { get; set; }
}
