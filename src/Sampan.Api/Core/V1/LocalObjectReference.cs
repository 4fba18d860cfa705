namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LocalObjectReference", MapType = "atomic")]
public sealed partial class LocalObjectReference : IApiType<LocalObjectReference>
{
    [Field("name", 1, Default = "")]
    public string? Name { get; set; }
}
