namespace Sampan.ControllerManager.Cloud;

/// <summary>What machines, load balancers and routes are where the cluster runs. A part that is null is none of the provider's business.</summary>
internal interface ICloudProvider
{
    string Name { get; }

    IInstances? Instances { get; }

    ILoadBalancers? LoadBalancers { get; }

    IRoutes? Routes { get; }
}
