namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ObjectFieldSelector", MapType = "atomic")]
public sealed partial class ObjectFieldSelector : IApiType<ObjectFieldSelector>
{
    [Field("apiVersion", 1)]
    public string? ApiVersion { get; set; }

    [Field("fieldPath", 2, Required = true)]
    public string FieldPath { get; set; } = "";
}
