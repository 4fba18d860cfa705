using Sampan.ControllerManager.Cloud.Local;

namespace Sampan.ControllerManager.Cloud;

/// <summary>The controllers that need to know where the cluster runs, as upstream's cloud-controller-manager runs them.</summary>
public sealed class CloudControllerManager(CloudControllerManagerOptions options) : ControllerProcess("cloud-controller-manager", options)
{
    private static readonly string[] Names = ["cloud-node-controller", "cloud-node-lifecycle-controller", "service-lb-controller", "node-route-controller"];

    public static IEnumerable<string> KnownControllers => Names;

    private protected override List<IComponent> Create(ControllerContext context) => Create(context, options, new LocalProvider(context, options.LoadBalancerCidr));

    /// <summary>What the provider has no part for does not run.</summary>
    internal static List<IComponent> Create(ControllerContext context, CloudControllerManagerOptions options, ICloudProvider provider)
    {
        var chosen = new ControllerChoice(options.Controllers, Names, []);
        var controllers = new List<(string Name, IComponent? Controller)>
        {
            (Names[0], provider.Instances is { } nodes ? new CloudNodeController(context, nodes, options.NodeStatusUpdateFrequency) : null),
            (Names[1], provider.Instances is { } lives ? new CloudNodeLifecycleController(context, lives, options.NodeMonitorPeriod) : null),
            (Names[2], provider.LoadBalancers is { } balancers ? new ServiceController(context, balancers, options.ConcurrentServiceSyncs) : null),
            (Names[3], options.ConfigureCloudRoutes && provider.Routes is { } routes && options.ClusterCidr is { } cidr ? new RouteController(context, routes, cidr, options.RouteReconciliationPeriod) : null),
        };
        var running = controllers.Where(c => chosen.IsOn(c.Name) && c.Controller is not null).ToList();
        foreach (var (name, _) in running) RunningControllers.Show(context.Metrics, name, "cloud-controller-manager");
        return [.. running.Select(c => c.Controller).OfType<IComponent>()];
    }
}
