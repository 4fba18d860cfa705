using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud.Local;

/// <summary>
/// The machines at hand: a node's machine is there as long as the node is, the pod network makes its own routes, and load balancers
/// are addresses of a pool that the nodes' proxies answer for.
/// </summary>
internal sealed class LocalProvider(ControllerContext context, string loadBalancerCidr) : ICloudProvider
{
    public string Name => "local";

    public IInstances Instances { get; } = new LocalInstances();

    public ILoadBalancers LoadBalancers { get; } = new LocalLoadBalancers(context.Informers.For<Service>(), loadBalancerCidr);

    public IRoutes? Routes => null;
}
