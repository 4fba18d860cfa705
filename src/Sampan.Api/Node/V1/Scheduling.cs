using Sampan.Api.Core.V1;

namespace Sampan.Api.Node.V1;

[ApiType("io.k8s.api.node.v1.Scheduling")]
public sealed partial class Scheduling : IApiType<Scheduling>
{
    [Field("nodeSelector", 1, MapType = "atomic")]
    public Dictionary<string, string>? NodeSelector { get; set; }

    [Field("tolerations", 2, ListType = "atomic")]
    public List<Toleration>? Tolerations { get; set; }
}
