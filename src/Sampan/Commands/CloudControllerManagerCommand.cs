using System.CommandLine;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.ControllerManager.Cloud;

namespace Sampan.Commands;

/// <summary>`sampan cloud-controller-manager`</summary>
internal static class CloudControllerManagerCommand
{
    public static Command Create()
    {
        var flags = new ComponentFlags("cloud-controller-manager", 10258);
        var controllers = new Option<string>("--controllers") { Description = "Which run: '*' all, 'name' and '-name' add and remove.", DefaultValueFactory = _ => "*" };
        var provider = new Option<string>("--cloud-provider") { Description = "Where the cluster runs; \"local\" is the machines at hand.", DefaultValueFactory = _ => "local" };
        var pool = new Option<string>("--load-balancer-cidr") { Description = "Addresses of Services of type LoadBalancer.", DefaultValueFactory = _ => "10.98.0.0/24" };
        var clusterCidr = new Option<string?>("--cluster-cidr") { Description = "Addresses of pods." };
        var monitor = new DurationFlag("--node-monitor-period", TimeSpan.FromSeconds(5), "How often nodes' machines are asked for.");
        var routes = new DurationFlag("--route-reconciliation-period", TimeSpan.FromSeconds(10), "How often the provider's routes are compared.");
        var command = new Command("cloud-controller-manager", "Run the controllers that depend on where the cluster runs: nodes, routes, load balancers.") { controllers, provider, pool, clusterCidr, monitor.Option, routes.Option };
        flags.AddTo(command);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
        {
            if (result.GetValue(provider) is not "local" and var other) throw new HostException($"--cloud-provider: \"{other}\" is not known; there is \"local\"");
            return Task.FromResult<IReadOnlyList<IComponent>>([new CloudControllerManager(new CloudControllerManagerOptions
            {
                Client = flags.Client(result),
                Logs = logs,
                Controllers = result.GetValue(controllers)!.Split(','),
                LeaderElection = flags.Election(result),
                LoadBalancerCidr = result.GetValue(pool)!,
                ClusterCidr = result.GetValue(clusterCidr),
                NodeMonitorPeriod = monitor.Value(result),
                RouteReconciliationPeriod = routes.Value(result),
                Health = flags.Health(result),
            })]);
        }, ct));
        return command;
    }
}
