using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>Brings traffic from outside to Services.</summary>
internal interface ILoadBalancers
{
    /// <summary>True while the Service has one.</summary>
    Task<bool> ExistsAsync(Service service, CancellationToken cancellationToken);

    /// <summary>Makes the Service's load balancer, or brings it in line; answers with where it is reached.</summary>
    Task<LoadBalancerStatus> EnsureAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken);

    /// <summary>Sends to these nodes from now on; nothing else has changed.</summary>
    Task UpdateAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken);

    /// <summary>Gives up what the Service has; having nothing is fine.</summary>
    Task DeleteAsync(Service service, CancellationToken cancellationToken);
}
