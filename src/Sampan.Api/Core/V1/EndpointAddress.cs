namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EndpointAddress", MapType = "atomic")]
public sealed partial class EndpointAddress : IApiType<EndpointAddress>
{
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";

    [Field("hostname", 3)]
    public string? Hostname { get; set; }

    [Field("nodeName", 4, Pointer = true)]
    public string? NodeName { get; set; }

    [Field("targetRef", 2)]
    public ObjectReference? TargetRef { get; set; }
}
