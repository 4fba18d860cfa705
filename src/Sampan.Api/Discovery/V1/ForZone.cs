namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.ForZone")]
public sealed partial class ForZone : IApiType<ForZone>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
