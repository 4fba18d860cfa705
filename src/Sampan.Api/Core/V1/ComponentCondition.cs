namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ComponentCondition")]
public sealed partial class ComponentCondition : IApiType<ComponentCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("message", 3)]
    public string? Message { get; set; }

    [Field("error", 4)]
    public string? Error { get; set; }
}
