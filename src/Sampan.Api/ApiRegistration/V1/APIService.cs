using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiRegistration.V1;

/// <summary>Sends the requests of one API group and version to another server.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService")]
[Kind("apiregistration.k8s.io", "v1", Plural = "apiservices", Singular = "apiservice", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class APIService : IObject<APIService>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The group and version that is handed on, and the server it goes to.</summary>
    [Field("spec", 2)]
    public APIServiceSpec Spec { get; set; } = new();

    /// <summary>Whether the server behind can be reached.</summary>
    [Field("status", 3)]
    public APIServiceStatus Status { get; set; } = new();
}
