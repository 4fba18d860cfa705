namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ObjectReference", MapType = "atomic")]
public sealed partial class ObjectReference : IApiType<ObjectReference>
{
    [Field("kind", 1)]
    public string? Kind { get; set; }

    [Field("namespace", 2)]
    public string? Namespace { get; set; }

    [Field("name", 3)]
    public string? Name { get; set; }

    [Field("uid", 4)]
    public string? Uid { get; set; }

    [Field("apiVersion", 5)]
    public string? ApiVersion { get; set; }

    [Field("resourceVersion", 6)]
    public string? ResourceVersion { get; set; }

    [Field("fieldPath", 7)]
    public string? FieldPath { get; set; }
}
