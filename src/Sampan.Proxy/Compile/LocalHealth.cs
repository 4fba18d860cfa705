using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>What a load balancer wants to know about this node: on which port it asks, and how many endpoints are here.</summary>
internal sealed record LocalHealth(ServiceKey Service, int Port, int LocalEndpoints);
