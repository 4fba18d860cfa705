using System.Net;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Compile;

/// <summary>
/// The cases of upstream's TestCategorizeEndpoints (pkg/proxy/topology_test.go). Endpoints are numbered from 1 and written as words:
/// <c>R</c> ready, <c>T</c> serving while it terminates, <c>D</c> not serving; <c>l</c> on this node; <c>@ab</c> hints for zones a and b;
/// <c>#1</c> a hint for node 1. This node is node 1 in zone a unless said. "-" is a kind that the port does not use.
/// </summary>
public sealed class TopologyTests
{
    [Theory]
    [InlineData("R@a R@b R@c R@a", "1 4")]
    [InlineData("R R@b R@c R@a", "1 2 3 4")]
    [InlineData("R@b", "1")]
    [InlineData("R@a R@b R@c D@a", "1")]
    [InlineData("D@a R@b R@c D@a", "2 3")]
    [InlineData("D R@b R@a", "3")]
    [InlineData("R@abc R@bc R@bd R@a", "1 4")]
    [InlineData("R@a#2 R@b#1 R@a#1", "2 3")]
    [InlineData("R@a#2 R@b#3 R@a#3", "1 3")]
    [InlineData("R@a#1 R@b R@a#1", "1 3")]
    [InlineData("R@b#2 R@c#3", "1 2")]
    [InlineData("D@a#1 R@a#2 R@b#3", "2")]
    [InlineData("T@a R@b", "2")]
    [InlineData("T@a T@b", "1 2")]
    [InlineData("T@a D@b", "1")]
    public void Of_Hints_ChooseForThisNode(string endpoints, string cluster) => Check(endpoints, "", cluster, "-", "a");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("z")]
    public void Of_NodeInNoZoneOrAnother_TakesAll(string? zone) => Check("R@a R@b", "", "1 2", "-", zone);

    [Theory]
    [InlineData("internal", "", "-", "")]
    [InlineData("internal", "R R", "-", "")]
    [InlineData("internal", "Rl Rl", "-", "1 2")]
    [InlineData("internal", "Rl R", "-", "1")]
    [InlineData("internal node-port", "Rl R", "1 2", "1")]
    [InlineData("external node-port", "Rl R", "1 2", "1")]
    [InlineData("external", "Rl R", "1 2", "-")]
    [InlineData("internal external", "Rl R", "-", "1")]
    [InlineData("internal external node-port", "R R", "1 2", "")]
    [InlineData("internal external node-port", "Rl Rl", "1 2", "1 2")]
    [InlineData("external node-port", "Rl@a Rl@b R@b R@a", "1 4", "1 2")]
    [InlineData("internal node-port", "Rl@a Rl@b R@b R@a", "1 4", "1 2")]
    [InlineData("", "R T D", "1", "-")]
    [InlineData("", "T T D", "1 2", "-")]
    [InlineData("", "D D", "", "-")]
    [InlineData("external node-port", "Rl Tl R", "1 3", "1")]
    [InlineData("external node-port", "Tl Dl R", "3", "1")]
    [InlineData("external node-port", "Tl T", "1 2", "1")]
    [InlineData("external node-port", "Dl D", "", "")]
    [InlineData("external node-port", "D T", "2", "")]
    [InlineData("internal", "Tl D T", "-", "1")]
    [InlineData("internal", "Dl R", "-", "")]
    public void Of_Policies_ChooseTheKinds(string policies, string endpoints, string cluster, string local) => Check(endpoints, policies, cluster, local, "a");

    private static void Check(string endpoints, string policies, string cluster, string local, string? zone)
    {
        var port = new ServicePortView(new ServiceKey("default", "web"), "", Protocol.Tcp, 80, IPAddress.Parse("10.96.0.9"))
        {
            InternalLocal = policies.Contains("internal", StringComparison.Ordinal),
            ExternalLocal = policies.Contains("external", StringComparison.Ordinal),
            NodePort = policies.Contains("node-port", StringComparison.Ordinal) ? 30080 : 0,
        };
        var views = endpoints.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => View(word, i + 1)).ToList();
        var choice = EndpointChoice.Of(port, views, new CompileOptions { NodeName = "1", Zone = zone });
        Assert.Equal(cluster.Trim('-'), Numbers(choice.Cluster));
        Assert.Equal(local.Trim('-'), Numbers(choice.Local));
        Assert.Equal(endpoints.Contains('R', StringComparison.Ordinal) || endpoints.Contains('T', StringComparison.Ordinal), choice.Any);
    }

    private static EndpointView View(string word, int number)
    {
        string[] node = word.Split('#'), zones = node[0].Split('@');
        char state = word[0];
        return new EndpointView(new Target(IPAddress.Parse($"10.0.0.{number}"), 80), state == 'R', state != 'D', state != 'R', zones[0].EndsWith('l'))
        {
            NodeHints = node.Length > 1 ? [node[1]] : [],
            ZoneHints = zones.Length > 1 ? [.. zones[1].Select(zone => $"{zone}")] : [],
        };
    }

    private static string Numbers(IEnumerable<Target> targets) => string.Join(' ', targets.Select(t => t.Address.GetAddressBytes()[3]));
}
