using Sampan.Cluster.Host;
using Sampan.Cluster.Lifecycle;

namespace Sampan.Cluster.Tests.Lifecycle;

/// <summary>What `sampan node` says while no cluster runs: nothing is made, and the next step is named.</summary>
public sealed class NodeHostsTests : IDisposable
{
    private readonly ClusterPaths _paths = ClusterPaths.For(Directory.CreateTempSubdirectory("sampan-hosts-").FullName);
    private readonly NodeHosts _hosts;

    public NodeHostsTests() => _hosts = new NodeHosts(_paths, TimeProvider.System);

    public void Dispose() => Directory.Delete(_paths.Data, recursive: true);

    [Theory]
    [InlineData("vm-2", "start it with: sampan up")]
    [InlineData("Bad_Name", "use small letters, digits, '-' and '.'")]
    [InlineData("../vm", "use small letters, digits, '-' and '.'")]
    [InlineData("-vm", "use small letters, digits, '-' and '.'")]
    public async Task Add_WhatCannotBe_SaysWhatToDoAndMakesNothing(string name, string advice)
    {
        Assert.Contains(advice, (await Assert.ThrowsAsync<HostException>(() => _hosts.AddAsync(name, default))).Message);
        Assert.Empty(NodeHost.List(_paths));
    }

    [Fact]
    public async Task NodeThatExists_WithoutACluster_IsStoppedAndCannotBeStarted()
    {
        new NodeHost("vm-2", 2, _paths).Save();
        var line = Assert.Single(await _hosts.ListAsync(default));
        Assert.Equal(("vm-2", "Stopped", "10.251.0.2", "namespace"), (line.Name, line.State, line.Address, line.Host));
        Assert.Contains("sampan up", (await Assert.ThrowsAsync<HostException>(() => _hosts.StartAsync(_hosts.Find("vm-2"), default))).Message);
        Assert.Contains("sampan node start vm-2", (await Assert.ThrowsAsync<HostException>(() => _hosts.AddAsync("vm-2", default))).Message);
    }

    [Fact]
    public void Find_NoSuchNode_NamesThoseThatAre()
    {
        new NodeHost("vm-2", 2, _paths).Save();
        Assert.Contains("there are: vm-2", Assert.Throws<HostException>(() => _hosts.Find("vm-9")).Message);
    }
}
