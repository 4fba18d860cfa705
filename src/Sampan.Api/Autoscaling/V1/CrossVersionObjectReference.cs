namespace Sampan.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.CrossVersionObjectReference", MapType = "atomic")]
public sealed partial class CrossVersionObjectReference : IApiType<CrossVersionObjectReference>
{
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    [Field("apiVersion", 3)]
    public string? ApiVersion { get; set; }
}
