namespace Sampan.Api.Node.V1;

[ApiType("io.k8s.api.node.v1.Overhead")]
public sealed partial class Overhead : IApiType<Overhead>
{
    [Field("podFixed", 1)]
    public Dictionary<string, Quantity>? PodFixed { get; set; }
}
