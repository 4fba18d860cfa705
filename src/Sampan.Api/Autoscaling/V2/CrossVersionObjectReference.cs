namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.CrossVersionObjectReference")]
public sealed partial class CrossVersionObjectReference : IApiType<CrossVersionObjectReference>
{
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    [Field("apiVersion", 3)]
    public string? ApiVersion { get; set; }
}
