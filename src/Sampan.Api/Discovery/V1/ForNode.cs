namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.ForNode")]
public sealed partial class ForNode : IApiType<ForNode>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
