using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>One stable address and name for a changing set of pods.</summary>
[ApiType("io.k8s.api.core.v1.Service")]
[Kind("", "v1", Plural = "services", Singular = "service", Namespaced = true, ShortNames = ["svc"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("proxy", Kind = "ServiceProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Service : IObject<Service>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which pods the Service leads to, and how it is reached.</summary>
    [Field("spec", 2)]
    public ServiceSpec Spec { get; set; } = new();

    /// <summary>Where a load balancer, if there is one, takes traffic for the Service.</summary>
    [Field("status", 3)]
    public ServiceStatus Status { get; set; } = new();
}
