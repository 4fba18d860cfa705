using System.Text.Json.Nodes;
using Sampan.Network.Cni;
using Sampan.Network.Host;

namespace Sampan.Network.Tests.Cni;

public sealed class CniConfigTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-cni-").FullName;
    private readonly CniConfig _config;

    public CniConfigTests() => _config = new CniConfig(new PodNetworkOptions
    {
        PodCidr = "10.244.3.0/24",
        ConfigDirectory = Path.Combine(_directory, "net.d"),
        StateDirectory = Path.Combine(_directory, "state"),
    });

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Render_HostPorts_AddPortMapBehindTheBridge()
    {
        var plugins = JsonNode.Parse(_config.Render(PodSubnet.ParseAll("10.244.3.0/24"), hostPorts: true))!["plugins"]!.AsArray();
        Assert.Equal(["bridge", "portmap"], plugins.Select(p => (string)p!["type"]!));
        Assert.Equal("10.244.3.0/24", (string)plugins[0]!["ipam"]!["ranges"]![0]![0]!["subnet"]!);
        Assert.Single(JsonNode.Parse(_config.Render(PodSubnet.ParseAll("10.244.3.0/24"), hostPorts: false))!["plugins"]!.AsArray());
    }

    [Fact]
    public void Render_DualStack_GivesAnAddressAndARouteOfEachFamily()
    {
        var ipam = JsonNode.Parse(_config.Render(PodSubnet.ParseAll("10.244.3.0/24,fd00:10:244:3::/64"), hostPorts: false))!["plugins"]![0]!["ipam"]!;
        Assert.Equal(["10.244.3.0/24", "fd00:10:244:3::/64"], ipam["ranges"]!.AsArray().Select(r => (string)r![0]!["subnet"]!));
        Assert.Equal(["0.0.0.0/0", "::/0"], ipam["routes"]!.AsArray().Select(r => (string)r!["dst"]!));
    }

    [Fact]
    public void Remove_AfterWrite_LeavesNothing()
    {
        _config.Write("{}");
        _config.Write("{}");
        Assert.Equal("{}", File.ReadAllText(_config.Path));
        _config.Remove();
        _config.Remove();
        Assert.Empty(Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories));
    }
}
