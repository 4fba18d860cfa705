using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class ServiceTests
{
    [Fact]
    public async Task Create_ClusterIP_GetsAnAddress()
    {
        await using var server = await StartAsync();
        var service = await CreateAsync(server, "a", spec => { });
        Assert.StartsWith("10.96.", service.Spec.ClusterIP, StringComparison.Ordinal);
        Assert.Equal([service.Spec.ClusterIP!], service.Spec.ClusterIPs);
        Assert.Equal(["IPv4"], service.Spec.IpFamilies);
        Assert.Equal("SingleStack", service.Spec.IpFamilyPolicy);
        Assert.Equal(80, service.Spec.Ports![0].TargetPort.IntValue);
    }

    [Fact]
    public async Task Create_SameAddressTwice_IsRefused()
    {
        await using var server = await StartAsync();
        await CreateAsync(server, "a", spec => spec.ClusterIP = "10.96.0.10");
        var refusal = await RefusalAsync(() => CreateAsync(server, "b", spec => spec.ClusterIP = "10.96.0.10"));
        Assert.Equal(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate IP 10.96.0.10: provided IP is already allocated",
            refusal.Message);
    }

    [Fact]
    public async Task Delete_ThenCreate_ReusesAddressAndPort()
    {
        await using var server = await StartAsync();
        await CreateAsync(server, "a", Wanted);
        await server.Client.Of<Service>().DeleteAsync("default", "a", null, default);
        var again = await CreateAsync(server, "b", Wanted);
        Assert.Equal(30080, again.Spec.Ports![0].NodePort);

        static void Wanted(ServiceSpec spec)
        {
            (spec.Type, spec.ClusterIP) = ("NodePort", "10.96.0.11");
            spec.Ports![0].NodePort = 30080;
        }
    }

    [Fact]
    public async Task Create_ManyNodePortsAtOnce_AreDistinct()
    {
        await using var server = await StartAsync();
        var services = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            CreateAsync(server, $"s{i}", spec => spec.Type = "NodePort"))));
        Assert.Equal(40, services.Select(one => one.Spec.Ports![0].NodePort).Distinct().Count());
        Assert.Equal(40, services.Select(one => one.Spec.ClusterIP).Distinct().Count());
    }

    [Fact]
    public async Task Update_WithoutAddress_KeepsIt()
    {
        await using var server = await StartAsync();
        var service = await CreateAsync(server, "a", spec => spec.Type = "NodePort");
        var change = service.DeepClone();
        (change.Spec.ClusterIP, change.Spec.ClusterIPs) = (null, null);
        change.Spec.Ports![0].NodePort = 0;
        var updated = await server.Client.Of<Service>().UpdateAsync(change, default);
        Assert.Equal(service.Spec.ClusterIP, updated.Spec.ClusterIP);
        Assert.Equal(service.Spec.Ports![0].NodePort, updated.Spec.Ports![0].NodePort);
    }

    [Fact]
    public async Task Update_OtherAddress_IsRefused()
    {
        await using var server = await StartAsync();
        var change = (await CreateAsync(server, "a", spec => { })).DeepClone();
        (change.Spec.ClusterIP, change.Spec.ClusterIPs) = ("10.96.0.200", ["10.96.0.200"]);
        var refusal = await RefusalAsync(() => server.Client.Of<Service>().UpdateAsync(change, default));
        Assert.Contains("spec.clusterIPs[0]: Invalid value: [\"10.96.0.200\"]: may not change once set", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Headless_HasNoAddress()
    {
        await using var server = await StartAsync();
        var service = await CreateAsync(server, "a", spec => (spec.ClusterIP, spec.Selector) = ("None", new() { ["app"] = "x" }));
        Assert.Equal(["None"], service.Spec.ClusterIPs);
    }

    [Fact]
    public async Task Create_NoPorts_IsRefused()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => CreateAsync(server, "a", spec => spec.Ports = null));
        Assert.Equal("Service \"a\" is invalid: spec.ports: Required value", refusal.Message);
    }

    private static Task<Service> CreateAsync(TestServer server, string name, Action<ServiceSpec> change)
    {
        var service = new Service { Metadata = new() { Name = name, Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }] } };
        change(service.Spec);
        return server.Client.Of<Service>().CreateAsync(service, default);
    }
}
