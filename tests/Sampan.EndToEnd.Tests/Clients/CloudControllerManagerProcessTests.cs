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
public sealed class CloudControllerManagerProcessTests : ManagerProcessTest
{
    [Fact]
    public async Task Managers_OfAnExternalCloud_ServeNodesAndServicesAndTakeOver()
    {
        var first = await StartAsync();
        await Client.CreateAsync(NewNode("one"), Ct);
        await Client.CreateAsync(Balanced("first"), Ct);
        await ThereIsAsync<Node>(null, "one", n => n.Spec.ProviderID == "local://one" && !n.Spec.Taints.OrEmpty().Any(t => t.Key.StartsWith("node.cloudprovider", StringComparison.Ordinal)));
        await ThereIsAsync<Service>("default", "first", s => s.Status.LoadBalancer.Ingress is [{ Ip: "10.99.0.1", IpMode: "VIP" }] && s.Metadata.Finalizers is { Count: 1 });
        foreach (var path in new[] { "healthz", "livez", "readyz" }) Assert.Equal("ok", await ComponentProcess.GetAsync(first.Port, path));

        await StartAsync();
        var leads = await LeaderAsync();
        first.Process.Kill();
        await Client.CreateAsync(Balanced("second"), Ct);
        await ThereIsAsync<Service>("default", "second", s => s.Status.LoadBalancer.Ingress is [{ Ip: "10.99.0.2" }]);
        Assert.NotEqual(leads, await LeaderAsync());
        await Client.Of<Service>().DeleteAsync("default", "first", Ct);
        await UntilAsync(async () => await Client.Of<Service>().FindAsync("default", "first", Ct) is null, "an end of the first Service");
    }

    private static Node NewNode(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Taints = [new() { Key = "node.cloudprovider.kubernetes.io/uninitialized", Value = "true", Effect = "NoSchedule" }] },
    };

    private static Service Balanced(string name) =>
        new() { Metadata = new() { Namespace = "default", Name = name }, Spec = new() { Type = "LoadBalancer", Ports = [new() { Port = 80 }] } };

    private async Task<string?> LeaderAsync() => (await Client.Of<Lease>().GetAsync("kube-system", "cloud-controller-manager", Ct)).Spec.HolderIdentity;

    private Task<(Process Process, int Port)> StartAsync() => StartAsync(
        "cloud-controller-manager", "--kubeconfig", Plane.Kubeconfig, "--cloud-provider", "local", "--load-balancer-cidr", "10.99.0.0/24", "--concurrent-service-syncs", "2");
}
