using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>The service controller with the local provider's pool.</summary>
public sealed class ServiceLoadBalancerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_LoadBalancerServices_GetAddressesOfThePoolEachItsOwn()
    {
        for (var i = 0; i < 6; i++) Put($"web-{i}");
        await StartAsync("10.98.0.0/29");
        await _harness.AdvanceUntilAsync(() => Services().All(s => AddressOf(s) is not null), "all have one");
        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"10.98.0.{i}"), Services().Select(AddressOf).Order(StringComparer.Ordinal));
        Assert.All(Services(), s => Assert.Equal([ServiceController.Finalizer], s.Metadata.Finalizers));

        Put("late");
        await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "SyncLoadBalancerFailed"), "the pool is empty");
        Assert.Null(AddressOf(Find("late")));
        Delete("web-3");
        await _harness.AdvanceUntilAsync(() => AddressOf(Find("late")) is not null, "it gets the one that is given back", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_ServiceBecomesClusterIP_GivesItsAddressBack()
    {
        Put("web");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => AddressOf(Find("web")) is not null, "an address");
        var copy = Find("web").DeepClone();
        copy.Spec.Type = "ClusterIP";
        Api.Put(copy);
        await _harness.AdvanceUntilAsync(() => AddressOf(Find("web")) is null && Find("web").Metadata.Finalizers is not { Count: > 0 }, "given back");
    }

    [Fact]
    public async Task Reconcile_WantedAddress_IsGivenAndKeptOverARestart()
    {
        Put("wanted", s => s.LoadBalancerIP = "10.98.0.77");
        Put("classed", s => s.LoadBalancerClass = "example.com/other");
        Put("known", status: "10.98.0.1");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => AddressOf(Find("wanted")) == "10.98.0.77", "the wanted one");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("10.98.0.1", AddressOf(Find("known")));
        Assert.Null(AddressOf(Find("classed")));
        Assert.Empty(Find("classed").Metadata.Finalizers.OrEmpty());
    }

    [Theory]
    [InlineData("IPv4", "10.98.0.1")]
    [InlineData("IPv6", "fd00:98::1")]
    [InlineData("IPv4,IPv6", "10.98.0.1 fd00:98::1")]
    [InlineData("IPv6,IPv4", "fd00:98::1 10.98.0.1")]
    public async Task Reconcile_PoolOfEachFamily_GivesOneOfEachThatTheServiceHas(string families, string expected)
    {
        Put("web", s => s.IpFamilies = [.. families.Split(',')]);
        await StartAsync("10.98.0.0/24,fd00:98::/112");
        await _harness.AdvanceUntilAsync(() => string.Join(' ', Find("web").Status.LoadBalancer.Ingress.OrEmpty().Select(i => i.Ip)) == expected, expected);
    }

    [Theory]
    [InlineData("IPv6", null, "there are no addresses of IPv6 for load balancers, only of 10.98.0.0/24")]
    [InlineData("IPv4", "192.0.2.1", "the address 192.0.2.1 is taken or not of 10.98.0.0/24")]
    public async Task Reconcile_AddressThatThePoolLacks_IsToldOf(string family, string? wanted, string message)
    {
        Put("web", s => (s.IpFamilies, s.LoadBalancerIP) = ([family], wanted));
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Message == $"Error syncing load balancer: failed to ensure load balancer: {message}"), message);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync(string pool = "10.98.0.0/24")
    {
        var options = new CloudControllerManagerOptions { Client = Api.Client, Logs = _harness.Context.Logs, LoadBalancerCidr = pool };
        await _harness.StartAsync(c => CloudControllerManager.Create(c, options, new Sampan.ControllerManager.Cloud.Local.LocalProvider(c, pool)).Single(x => x.Name == "service-controller"));
    }

    private List<Service> Services() => Api.List<Service>();

    private Service Find(string name) => Api.Find<Service>("default", name)!;

    private static string? AddressOf(Service service) => service.Status.LoadBalancer.Ingress?.SingleOrDefault()?.Ip;

    private void Put(string name, Action<ServiceSpec>? change = null, string? status = null)
    {
        var service = new Service { Metadata = new() { Namespace = "default", Name = name }, Spec = new() { Type = "LoadBalancer", Ports = [new() { Port = 80 }] } };
        change?.Invoke(service.Spec);
        if (status is not null) service.Status.LoadBalancer.Ingress = [new() { Ip = status, IpMode = "VIP" }];
        Api.Put(service);
    }

    /// <summary>As a user does: the finalizer holds the Service until its address is free.</summary>
    private void Delete(string name)
    {
        var copy = Find(name).DeepClone();
        copy.Metadata.DeletionTimestamp = new Time(_harness.Time.GetUtcNow());
        Api.Put(copy);
    }
}
