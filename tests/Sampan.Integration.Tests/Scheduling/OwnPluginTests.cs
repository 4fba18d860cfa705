using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Scheduler;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>Plugins as users of the library write them, in a scheduler that runs.</summary>
public sealed class OwnPluginTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plugin_ThatScores_DecidesWherePodsGo()
    {
        await using var cluster = await StartAsync();
        var scheduler = await RunAsync(cluster, "profiles: [{plugins: {multiPoint: {enabled: [{name: Favourite, weight: 1000}]}}, pluginConfig: [{name: Favourite, args: {node: simulated-1}}]}]");
        foreach (var name in new[] { "a", "b", "c" })
        {
            await CreateAsync(cluster, name);
            Assert.Equal("simulated-1", (await PlacedAsync(cluster, name)).Spec.NodeName);
        }
        await scheduler.StopAsync(Ct);
    }

    [Fact]
    public async Task Plugin_ThatLooksAtOtherObjects_HasItsPodsTriedAgainWhenThoseChange()
    {
        await using var cluster = await StartAsync();
        var scheduler = await RunAsync(cluster, "profiles: [{plugins: {multiPoint: {enabled: [{name: Licence}]}}}]");
        await CreateAsync(cluster, "app");
        await cluster.WaitAsync<Pod>("default", "app", p => p?.Status.Conditions?.Exists(c => c is { Type: "PodScheduled", Status: "False" } && c.Message!.StartsWith("0/3 nodes are available: 3 no licence.", StringComparison.Ordinal)) == true, Ct);
        await cluster.Client.Of<ConfigMap>().CreateAsync(new ConfigMap { Metadata = new() { Name = "licence", Namespace = "default" } }, Ct);
        await PlacedAsync(cluster, "app");
        await scheduler.StopAsync(Ct);
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 3, Scheduler = false }, Ct);

    private static async Task<KubeScheduler> RunAsync(TestCluster cluster, string configuration)
    {
        var registry = new PluginRegistry()
            .Add(nameof(Favourite), config => new Favourite(config.Args!.Value.GetProperty("node").GetString()!))
            .Add(nameof(Licence), _ => new Licence());
        var head = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nleaderElection: {leaderElect: false}\n";
        var options = ConfigurationReader.Read(Encoding.UTF8.GetBytes(head + configuration)).ToOptions(registry);
        var scheduler = new KubeScheduler(cluster.Client, options, TimeProvider.System, new MetricRegistry(), NullLoggerFactory.Instance);
        await scheduler.StartAsync(Ct);
        return scheduler;
    }

    private static Task CreateAsync(TestCluster cluster, string name) => cluster.Client.Of<Pod>().CreateAsync(
        new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = new() { Containers = [new() { Name = "main", Image = "app:1" }] } }, Ct);

    private static async Task<Pod> PlacedAsync(TestCluster cluster, string name) =>
        (await cluster.WaitAsync<Pod>("default", name, p => !string.IsNullOrEmpty(p?.Spec.NodeName), Ct))!;

    private sealed class Favourite(string node) : IScorePlugin
    {
        public string Name => nameof(Favourite);

        public long Score(CycleState state, PodInfo pod, NodeInfo candidate) => candidate.Name == node ? 100 : 0;
    }

    /// <summary>Lets no pod run before there is a certain ConfigMap. It does not say which changes help.</summary>
    private sealed class Licence : IFilterPlugin, IConnectedPlugin
    {
        public string Name => nameof(Licence);

        public IDisposable Connect(PluginContext context) => context.Keep<ConfigMap>(ClusterEventKind.Other);

        public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
            state.Cluster.Objects.Of<ConfigMap>().Find("licence", "default") is null ? PluginStatus.Unschedulable("no licence") : PluginStatus.Success;
    }
}
