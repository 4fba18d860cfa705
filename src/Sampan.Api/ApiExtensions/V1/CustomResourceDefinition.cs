using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Adds a kind of the user's own to the API.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition")]
[Kind("apiextensions.k8s.io", "v1", Plural = "customresourcedefinitions", Singular = "customresourcedefinition", ShortNames = ["crd", "crds"], Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class CustomResourceDefinition : IObject<CustomResourceDefinition>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Names, scope, versions and schemas of the new resource.</summary>
    [Field("spec", 2, Required = true)]
    public CustomResourceDefinitionSpec Spec { get; set; } = new();

    /// <summary>Whether the resource is served, and under which names.</summary>
    [Field("status", 3)]
    public CustomResourceDefinitionStatus Status { get; set; } = new();
}
