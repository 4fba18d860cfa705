using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>What makes an endpoint the same one as before.</summary>
internal readonly record struct EndpointIdentity(string Address, string? Uid, string? Node, string? Hostname)
{
    public static EndpointIdentity Of(Endpoint endpoint) => new(endpoint.Addresses[0], endpoint.TargetRef?.Uid, endpoint.NodeName, endpoint.Hostname);
}
