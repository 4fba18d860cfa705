using Sampan.Api.Core.V1;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Cluster;

/// <summary>A node with an address of each IP family: two of one type, which a patch must not take for one.</summary>
public sealed class DualStackNodeTests
{
    [Fact]
    public async Task Node_WithTwoAddresses_GoesOnReporting()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions
        {
            Nodes = 1,
            ConfigureNode = node => node with
            {
                NodeIP = "198.18.0.1,2001:db8::1",
                Configuration = node.Configuration with { NodeStatusUpdateFrequency = TimeSpan.FromMilliseconds(200), NodeStatusReportFrequency = TimeSpan.FromMilliseconds(200) },
            },
        });

        var before = Assert.Single((await cluster.Client.Of<Node>().ListAsync(null, default)).Items);
        var after = await cluster.WaitAsync<Node>(null, before.Metadata.Name, node => Heartbeat(node!) > Heartbeat(before));
        Assert.Equal(["198.18.0.1", "2001:db8::1", before.Metadata.Name], after!.Status.Addresses!.Select(a => a.Address));
    }

    private static DateTimeOffset? Heartbeat(Node node) => node.Status.Conditions!.Single(c => c.Type == "Ready").LastHeartbeatTime?.Value;
}
