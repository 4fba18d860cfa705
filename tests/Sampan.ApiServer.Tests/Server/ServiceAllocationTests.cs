using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.FlowControl.V1;
using Sampan.Api.Networking.V1;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>What Services hold, with several API servers over one store.</summary>
public sealed class ServiceAllocationTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-allocation-").FullName;
    private EmbeddedStore? _store;

    public async ValueTask InitializeAsync() =>
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Create_ThroughTwoServers_NothingIsGivenOutTwice()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        ApiClient[] clients = [new(one.Loopback()), new(other.Loopback())];
        var services = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            clients[i % 2].CreateAsync(NewService($"s{i}", "NodePort"), default))));
        Assert.Equal(40, services.Select(service => service.Spec.ClusterIP).Distinct().Count());
        Assert.Equal(40, services.Select(service => service.Spec.Ports![0].NodePort).Distinct().Count());
    }

    [Fact]
    public async Task Create_Service_HasAnIPAddressUntilItGoes()
    {
        await using var server = await StartAsync();
        var client = new ApiClient(server.Loopback());
        var service = await client.CreateAsync(NewService("s", "ClusterIP"), default);
        var address = await client.Of<IPAddress>().GetAsync(null, service.Spec.ClusterIP!, default);
        Assert.Equal(("services", "default", "s"), (address.Spec.ParentRef!.Resource, address.Spec.ParentRef.Namespace, address.Spec.ParentRef.Name));
        await client.Of<Service>().DeleteAsync("default", "s", null, default);
        Assert.Null(await client.Of<IPAddress>().FindAsync(null, service.Spec.ClusterIP!, default));
    }

    [Fact]
    public async Task Create_DryRun_TakesNothing()
    {
        await using var server = await StartAsync();
        var client = new ApiClient(server.Loopback());
        var service = await client.Of<Service>().CreateAsync(NewService("s", "NodePort"), new WriteOptions { DryRun = true }, default);
        Assert.NotEqual(0, service.Spec.Ports![0].NodePort);
        Assert.Null(await client.Of<IPAddress>().FindAsync(null, service.Spec.ClusterIP!, default));
    }

    [Fact]
    public async Task Start_AddressOfAServiceIsMissing_IsTakenAgain()
    {
        string ip;
        await using (var first = await StartAsync())
        {
            var client = new ApiClient(first.Loopback());
            ip = (await client.CreateAsync(NewService("s", "ClusterIP"), default)).Spec.ClusterIP!;
            await client.Of<IPAddress>().DeleteAsync(null, ip, default);
        }
        await using var second = await StartAsync();
        var repaired = await new ApiClient(second.Loopback()).Of<IPAddress>().GetAsync(null, ip, default);
        Assert.Equal("s", repaired.Spec.ParentRef!.Name);
    }

    [Fact]
    public async Task Create_AddressOfAnotherServiceCIDR_IsTaken()
    {
        await using var server = await StartAsync();
        var client = new ApiClient(server.Loopback());
        var cidr = await client.CreateAsync(new ServiceCIDR { Metadata = new() { Name = "more" }, Spec = new() { Cidrs = ["10.200.0.0/24"] } }, default);
        cidr.Status.Conditions = [new() { Type = "Ready", Status = "True", Reason = "Ready", LastTransitionTime = DateTimeOffset.UnixEpoch }];
        await client.Of<ServiceCIDR>().UpdateStatusAsync(cidr, default);
        var wanted = NewService("s", "ClusterIP");
        wanted.Spec.ClusterIP = "10.200.0.7";
        Assert.Equal("10.200.0.7", (await client.CreateAsync(wanted, default)).Spec.ClusterIP);
    }

    [Fact]
    public async Task Start_Server_MakesWhatEveryClusterHas()
    {
        await using var server = await StartAsync();
        var client = new ApiClient(server.Loopback());
        var cidr = await client.Of<ServiceCIDR>().GetAsync(null, "kubernetes", default);
        Assert.Equal(["10.96.0.0/16"], cidr.Spec.Cidrs);
        Assert.Equal("True", Assert.Single(cidr.Status.Conditions!).Status);
        Assert.Equal(13, (await client.Of<FlowSchema>().ListAsync(null, default)).Items.Count);
        Assert.Equal(8, (await client.Of<PriorityLevelConfiguration>().ListAsync(null, default)).Items.Count);
    }

    [Fact]
    public async Task DualStack_Policies_DecideWhatAServiceGets()
    {
        await using var server = await StartAsync("10.96.0.0/16", "fd00:10:96::/112");
        var client = new ApiClient(server.Loopback());
        Assert.Equal(["10.96.0.0/16", "fd00:10:96::/112"], (await client.Of<ServiceCIDR>().GetAsync(null, "kubernetes", default)).Spec.Cidrs);
        var single = await client.CreateAsync(NewService("single", "ClusterIP"), default);
        Assert.Equal(("SingleStack", "IPv4"), (single.Spec.IpFamilyPolicy, Assert.Single(single.Spec.IpFamilies!)));
        foreach (var policy in new[] { "PreferDualStack", "RequireDualStack" })
        {
            var both = await client.CreateAsync(NewService(policy.ToLowerInvariant(), "NodePort", policy), default);
            Assert.Equal(["IPv4", "IPv6"], both.Spec.IpFamilies!);
            Assert.StartsWith("10.96.", both.Spec.ClusterIP);
            Assert.Equal(both.Spec.ClusterIP, both.Spec.ClusterIPs![0]);
            Assert.StartsWith("fd00:10:96::", both.Spec.ClusterIPs[1]);
            var object6 = await client.Of<IPAddress>().GetAsync(null, both.Spec.ClusterIPs[1], default);
            Assert.Equal("IPv6", object6.Metadata.Labels!["ipaddress.kubernetes.io/ip-family"]);
        }

        var six = NewService("six", "ClusterIP");
        six.Spec.IpFamilies = ["IPv6"];
        Assert.StartsWith("fd00:10:96::", (await client.CreateAsync(six, default)).Spec.ClusterIP);
        var wanted = NewService("wanted", "ClusterIP", "RequireDualStack");
        (wanted.Spec.ClusterIP, wanted.Spec.ClusterIPs) = ("fd00:10:96::77", ["fd00:10:96::77"]);
        Assert.Equal(["IPv6", "IPv4"], (await client.CreateAsync(wanted, default)).Spec.IpFamilies!);
    }

    [Fact]
    public async Task DualStack_PolicyChanged_AddsAndReleasesTheSecondAddress()
    {
        await using var server = await StartAsync("10.96.0.0/16", "fd00:10:96::/112");
        var client = new ApiClient(server.Loopback());
        var service = (await client.CreateAsync(NewService("s", "ClusterIP"), default)).DeepClone();
        var first = service.Spec.ClusterIP;
        service.Spec.IpFamilyPolicy = "PreferDualStack";
        service = (await client.Of<Service>().UpdateAsync(service, default)).DeepClone();
        Assert.Equal((first, 2), (service.Spec.ClusterIP, service.Spec.ClusterIPs!.Count));
        var second = service.Spec.ClusterIPs[1];
        Assert.NotNull(await client.Of<IPAddress>().FindAsync(null, second, default));
        service.Spec.IpFamilyPolicy = "SingleStack";
        service = await client.Of<Service>().UpdateAsync(service, default);
        Assert.Equal([first!], service.Spec.ClusterIPs!);
        Assert.Null(await client.Of<IPAddress>().FindAsync(null, second, default));
    }

    [Fact]
    public async Task SingleStack_WhatItHasNot_IsRefused()
    {
        await using var server = await StartAsync();
        var client = new ApiClient(server.Loopback());
        var refused = await Assert.ThrowsAsync<StatusException>(() => client.CreateAsync(NewService("s", "ClusterIP", "RequireDualStack"), default));
        Assert.Contains("this cluster is not configured for dual-stack services", refused.Message);
        var prefers = await client.CreateAsync(NewService("p", "ClusterIP", "PreferDualStack"), default);
        Assert.Equal(["IPv4"], prefers.Spec.IpFamilies!);
    }

    private async Task<ApiServer> StartAsync(params string[] networks)
    {
        var server = new ApiServer(new ApiServerOptions
        {
            Store = _store!,
            ServiceNetworks = networks.Length == 0 ? [System.Net.IPNetwork.Parse("10.96.0.0/16")] : [.. networks.Select(n => System.Net.IPNetwork.Parse(n))],
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        });
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private static Service NewService(string name, string type, string? policy = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Type = type, IpFamilyPolicy = policy, Ports = [new() { Port = 80 }] },
    };
}
