using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>What upstream's cloud controllers count, under its names.</summary>
public sealed class CloudMetricsTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly FakeCloud _cloud = new();

    [Fact]
    public async Task Metrics_OfAllControllers_CountWhatTheProviderIsAskedFor()
    {
        PutNode("n1", CloudNodeController.Uninitialized);
        _harness.Api.Put(new Service
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new() { Type = "LoadBalancer", Selector = Workloads.App(), Ports = [new() { Port = 80, Protocol = "TCP" }] },
        });
        var options = new CloudControllerManagerOptions { Client = _harness.Context.Client, Logs = NullLoggerFactory.Instance, Time = _harness.Time, ClusterCidr = "10.244.0.0/16" };
        await _harness.StartAsync([.. CloudControllerManager.Create(_harness.Context, options, _cloud).Select(c => (Func<Sampan.Client.Controllers.ControllerContext, IComponent>)(_ => c))]);
        await _harness.AdvanceUntilAsync(() => Counted("node_controller_initial_node_sync_delay_seconds_count") && Counted("service_controller_loadbalancer_sync_total"), "the node and the balancer", TimeSpan.FromSeconds(1));
        _cloud.Refused["update"] = "busy";
        for (var i = 2; i < 20 && !Counted("service_controller_nodesync_error_total"); i++)
        {
            // One that comes while the balancer is made is part of it from the start.
            PutNode($"n{i}", null);
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        }

        Assert.True(Counted("service_controller_nodesync_error_total"));
        Assert.True(Counted("node_controller_cloud_provider_taint_removal_delay_seconds_count"));
        Assert.True(Counted("service_controller_nodesync_latency_seconds_count"));
        Assert.True(Counted("service_controller_update_loadbalancer_host_latency_seconds_count"));
        Assert.True(Counted("route_controller_route_sync_total"));
        Assert.True(Counted("running_managed_controllers{name=\"service-lb-controller\",manager=\"cloud-controller-manager\"}"));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>Once or more often: how often depends on what the controllers see first.</summary>
    private bool Counted(string name) => _harness.Context.Metrics.Render().Split('\n').Any(line => line.StartsWith(name + " ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));

    private void PutNode(string name, string? taint)
    {
        _cloud.Machines[name] = false;
        _harness.Api.Put(new Node
        {
            Metadata = new() { Name = name },
            Spec = new() { Taints = taint is null ? null : [new() { Key = taint, Effect = "NoSchedule" }] },
            Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] },
        });
    }
}
