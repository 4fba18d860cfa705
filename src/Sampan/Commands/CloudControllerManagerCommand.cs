using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer;
using Sampan.Client;
using Sampan.Client.Metrics;
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
        var pool = new Option<string>("--load-balancer-cidr") { Description = "Addresses of Services of type LoadBalancer; for two families a range of each.", DefaultValueFactory = _ => "10.98.0.0/24" };
        var clusterCidr = new Option<string?>("--cluster-cidr") { Description = "Addresses of pods." };
        var cloudRoutes = new Option<bool>("--configure-cloud-routes") { Description = "Make routes to pods where the provider can.", DefaultValueFactory = _ => true };
        var services = new Option<int>("--concurrent-service-syncs") { Description = "How many Services are worked on at once.", DefaultValueFactory = _ => 1 };
        var monitor = new DurationFlag("--node-monitor-period", TimeSpan.FromSeconds(5), "How often the machines of nodes that are not ready are asked for.");
        var status = new DurationFlag("--node-status-update-frequency", TimeSpan.FromMinutes(5), "How often the addresses of nodes are asked for.");
        var routes = new DurationFlag("--route-reconciliation-period", TimeSpan.FromSeconds(10), "How often the provider's routes are compared.");
        var command = new Command("cloud-controller-manager", "Run the controllers that depend on where the cluster runs: nodes, routes, load balancers.")
        {
            controllers, provider, pool, clusterCidr, cloudRoutes, services, monitor.Option, status.Option, routes.Option,
        };
        var access = new AccessFlags();
        flags.AddTo(command);
        access.AddTo(command);
        UpstreamFlag.AddTo(command, CloudControllerManagerUpstreamFlags.All);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
        {
            foreach (var remark in UpstreamFlag.Remarks(result, CloudControllerManagerUpstreamFlags.All)) logs.CreateLogger("sampan").LogInformation("{Remark}", remark);
            if (result.GetValue(provider) is not "local" and var other) throw new HostException($"--cloud-provider: \"{other}\" is not known; there is \"local\"");
            var metrics = new MetricRegistry();
            return Task.FromResult<IReadOnlyList<IComponent>>([new CloudControllerManager(new CloudControllerManagerOptions
            {
                Client = new ApiClient(flags.Config(result) with { Metrics = metrics }),
                Logs = logs,
                Metrics = metrics,
                Controllers = result.GetValue(controllers)!.Split(','),
                LeaderElection = flags.Election(result),
                LoadBalancerCidr = result.GetValue(pool)!,
                ClusterCidr = result.GetValue(clusterCidr),
                ConfigureCloudRoutes = result.GetValue(cloudRoutes),
                ConcurrentServiceSyncs = result.GetValue(services) is > 0 and var number ? number : throw new HostException("--concurrent-service-syncs must be greater than 0"),
                NodeMonitorPeriod = monitor.Value(result),
                NodeStatusUpdateFrequency = status.Value(result),
                RouteReconciliationPeriod = routes.Value(result),
                Health = flags.Health(result) is { } health ? health with { Access = access.Of(result) } : null,
            })]);
        }, ct));
        return command;
    }
}
