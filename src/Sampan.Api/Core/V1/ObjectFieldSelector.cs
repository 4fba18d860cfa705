namespace Sampan.Api.Core.V1;

/// <summary>A field of the pod itself.</summary>
[ApiType("io.k8s.api.core.v1.ObjectFieldSelector", MapType = "atomic")]
public sealed partial class ObjectFieldSelector : IApiType<ObjectFieldSelector>
{
    /// <summary>API version in whose terms the path is written; v1 by default.</summary>
    [Field("apiVersion", 1)]
    public string? ApiVersion { get; set; }

    /// <summary>Path of the field, such as status.podIP or metadata.labels['app'].</summary>
    [Field("fieldPath", 2, Required = true)]
    public string FieldPath { get; set; } = "";
}
