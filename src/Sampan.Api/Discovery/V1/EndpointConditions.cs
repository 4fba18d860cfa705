namespace Sampan.Api.Discovery.V1;

[ApiType("io.k8s.api.discovery.v1.EndpointConditions")]
public sealed partial class EndpointConditions : IApiType<EndpointConditions>
{
    [Field("ready", 1)]
    public bool? Ready { get; set; }

    [Field("serving", 2)]
    public bool? Serving { get; set; }

    [Field("terminating", 3)]
    public bool? Terminating { get; set; }
}
