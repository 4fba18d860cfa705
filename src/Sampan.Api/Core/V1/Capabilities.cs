namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial class Capabilities : IApiType<Capabilities>
{
    [Field("add", 1, ListType = "atomic")]
    public List<string>? Add { get; set; }

    [Field("drop", 2, ListType = "atomic")]
    public List<string>? Drop { get; set; }
}
