using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Scheduler;
using Sampan.Scheduler.Framework;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

public sealed class SecondSchedulerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scheduler_OverHttps_BindsItsOwnPodsAndLeavesThoseOfOthers()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 3, Scheduler = false, Listen = true }, Ct);
        await using var client = new ApiClient(Kubeconfig.Parse(cluster.Kubeconfig).ToClientConfig());
        var first = Scheduler(client, Profile.DefaultSchedulerName);
        await first.StartAsync(Ct);
        await first.ReadyAsync(Ct);
        await CreateAsync(cluster, "others", "second");
        await CreateAsync(cluster, "own", null);
        await cluster.WaitAsync<Pod>("default", "own", p => !string.IsNullOrEmpty(p?.Spec.NodeName), Ct);
        Assert.True(string.IsNullOrEmpty((await client.Of<Pod>().GetAsync("default", "others", Ct)).Spec.NodeName));

        var second = Scheduler(client, "second");
        await second.StartAsync(Ct);
        await cluster.WaitAsync<Pod>("default", "others", p => !string.IsNullOrEmpty(p?.Spec.NodeName), Ct);

        await second.StopAsync(Ct);
        await first.StopAsync(Ct);
    }

    private static KubeScheduler Scheduler(ApiClient client, string name) =>
        new(client, new SchedulerOptions { Profiles = [Profile.Default(name)] }, TimeProvider.System, new MetricRegistry(), NullLoggerFactory.Instance);

    private static Task CreateAsync(TestCluster cluster, string name, string? scheduler) => cluster.Client.Of<Pod>().CreateAsync(
        new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new() { SchedulerName = scheduler, Containers = [new() { Name = "main", Image = "app:1" }] },
        },
        Ct);
}
