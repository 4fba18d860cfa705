using System.Collections.Concurrent;
using System.Diagnostics;
using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>
/// `sampan cloud-controller-manager` twice, as processes of their own against an API server in another one, with leader election: they make
/// nodes of an external cloud fit for pods and give addresses to Services.
/// </summary>
public sealed class CloudControllerManagerProcessTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly ControlPlane _plane = new() { RunsControllers = false };
    private readonly ConcurrentQueue<string> _said = new();
    private ApiClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _plane.InitializeAsync();
        _client = new ApiClient(Kubeconfig.Load(_plane.Kubeconfig).ToClientConfig());
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _plane.DisposeAsync();
    }

    [Fact]
    public async Task Managers_OfAnExternalCloud_ServeNodesAndServicesAndTakeOver()
    {
        var first = await StartAsync();
        await _client.CreateAsync(NewNode("one"), Ct);
        await _client.CreateAsync(Balanced("first"), Ct);
        await ThereIsAsync<Node>(null, "one", n => n.Spec.ProviderID == "local://one" && !n.Spec.Taints.OrEmpty().Any(t => t.Key.StartsWith("node.cloudprovider", StringComparison.Ordinal)));
        await ThereIsAsync<Service>("default", "first", s => s.Status.LoadBalancer.Ingress is [{ Ip: "10.99.0.1", IpMode: "VIP" }] && s.Metadata.Finalizers is { Count: 1 });
        foreach (var path in new[] { "healthz", "livez", "readyz" }) Assert.Equal("ok", await ComponentProcess.GetAsync(first.Port, path));

        await StartAsync();
        var leads = await LeaderAsync();
        first.Process.Kill();
        await _client.CreateAsync(Balanced("second"), Ct);
        await ThereIsAsync<Service>("default", "second", s => s.Status.LoadBalancer.Ingress is [{ Ip: "10.99.0.2" }]);
        Assert.NotEqual(leads, await LeaderAsync());
        await _client.Of<Service>().DeleteAsync("default", "first", Ct);
        await UntilAsync(async () => await _client.Of<Service>().FindAsync("default", "first", Ct) is null, "an end of the first Service");
    }

    private static Node NewNode(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Taints = [new() { Key = "node.cloudprovider.kubernetes.io/uninitialized", Value = "true", Effect = "NoSchedule" }] },
    };

    private static Service Balanced(string name) =>
        new() { Metadata = new() { Namespace = "default", Name = name }, Spec = new() { Type = "LoadBalancer", Ports = [new() { Port = 80 }] } };

    private async Task<string?> LeaderAsync() => (await _client.Of<Lease>().GetAsync("kube-system", "cloud-controller-manager", Ct)).Spec.HolderIdentity;

    private async Task<(Process Process, int Port)> StartAsync()
    {
        var (process, port) = await ComponentProcess.StartAsync(port => _plane.Run(
            "cloud-controller-manager", _said.Enqueue, "--kubeconfig", _plane.Kubeconfig, "--secure-port", $"{port}", "--cloud-provider", "local",
            "--load-balancer-cidr", "10.99.0.0/24", "--concurrent-service-syncs", "2",
            "--leader-elect-lease-duration", "6s", "--leader-elect-renew-deadline", "4s", "--leader-elect-retry-period", "1s"));
        return process is not null ? (process, port) : throw new InvalidOperationException("the cloud controller manager does not serve:\n" + string.Join('\n', _said));
    }

    private Task ThereIsAsync<T>(string? ns, string name, Func<T, bool> condition)
        where T : class, IObject<T> => UntilAsync(async () => await _client.Of<T>().FindAsync(ns, name, Ct) is { } found && condition(found), $"{typeof(T).Name} {name} as it should be");

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await condition()) return;
            await Task.Delay(Step, TimeProvider.System, Ct);
        }

        Assert.Fail($"there is not {what}:\n{string.Join('\n', _said.TakeLast(60))}");
    }
}
