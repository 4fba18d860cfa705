namespace Sampan.Api.Discovery.V1;

/// <summary>Whether a backend takes traffic.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointConditions")]
public sealed partial class EndpointConditions : IApiType<EndpointConditions>
{
    /// <summary>True, or absent, if new connections should go to it; normally serving and not terminating.</summary>
    [Field("ready", 1)]
    public bool? Ready { get; set; }

    /// <summary>True, or absent, if it can answer, even while it is terminating.</summary>
    [Field("serving", 2)]
    public bool? Serving { get; set; }

    /// <summary>True if it is being shut down; absent counts as false.</summary>
    [Field("terminating", 3)]
    public bool? Terminating { get; set; }
}
