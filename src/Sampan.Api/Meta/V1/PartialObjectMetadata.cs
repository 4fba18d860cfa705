namespace Sampan.Api.Meta.V1;

/// <summary>Any object, reduced to its metadata.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata")]
[Kind("meta.k8s.io", "v1")]
public sealed partial class PartialObjectMetadata : IObject<PartialObjectMetadata>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();
}
