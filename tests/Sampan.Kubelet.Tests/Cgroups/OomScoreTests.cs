using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Cgroups;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cgroups;

/// <summary>Who goes first when memory runs out. Upstream: pkg/kubelet/qos/policy_test.go.</summary>
public sealed class OomScoreTests
{
    private const long Capacity = 8_000_000_000;

    [Theory]
    [InlineData("4G", 500)]
    [InlineData("7999999999", 3)]
    [InlineData("0", 999)]
    [InlineData("1G", 875)]
    public void Of_BurstableContainer_IsTheSaferTheMoreItAskedFor(string memory, long score) =>
        Assert.Equal(score, Scores(Burstable([memory], []))["main-0"]);

    [Theory]
    [InlineData(2_000_000_000, 1000)]
    [InlineData(2_000_001_000, -997)]
    public void Of_CriticalPod_IsSafeWhereTheNodeNeedsIt(int priority, long score) =>
        Assert.Equal(score, Scores(Node.Pod("a", p => p.Spec.Priority = priority))["web"]);

    [Theory]
    [InlineData("400M", 875)]
    [InlineData("1G", 875)]
    [InlineData("4G", 500)]
    public void Of_Sidecar_IsAsSafeAsThoseItServes(string sidecar, long score)
    {
        var scores = Scores(Burstable(["1G"], [sidecar]));

        Assert.Equal((875, score), (scores["main-0"], scores["side-0"]));
    }

    [Theory]
    [InlineData("2G", new[] { "0", "0" }, new string[0], new long[] { 750, 750 })]
    [InlineData("2G", new[] { "1G", "1G" }, new string[0], new long[] { 750, 750 })]
    [InlineData("2G", new[] { "1G", "0" }, new string[0], new long[] { 625, 875 })]
    [InlineData("2G", new[] { "0" }, new[] { "0" }, new long[] { 750, 750 })]
    [InlineData("2G", new[] { "1G" }, new[] { "1G" }, new long[] { 750, 750 })]
    [InlineData("2G", new[] { "1G", "500M" }, new[] { "200M" }, new long[] { 725, 850, 850 })]
    public void Of_PodThatAsksAsAWhole_SharesWhatIsBeyondItsContainers(string pod, string[] main, string[] sidecars, long[] scores)
    {
        var whole = Burstable(main, sidecars);
        whole.Spec.Resources = new() { Requests = new() { ["memory"] = Quantity.Parse(pod) } };

        Assert.Equal(scores, Scores(whole, 4_000_000_000).Values);
    }

    private static Pod Burstable(string[] main, string[] sidecars) => Node.Pod("a", p =>
    {
        p.Spec.Containers = [.. main.Select((memory, i) => Node.Container($"main-{i}", c => c.Resources.Requests = Asked(memory)))];
        p.Spec.InitContainers = [.. sidecars.Select((memory, i) => Node.Container($"side-{i}", c => (c.RestartPolicy, c.Resources.Requests) = ("Always", Asked(memory))))];
    });

    private static Dictionary<string, Quantity> Asked(string memory) => new() { ["cpu"] = Quantity.Parse("5m"), ["memory"] = Quantity.Parse(memory) };

    private static Dictionary<string, long> Scores(Pod pod, long capacity = Capacity) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).ToDictionary(c => c.Name, c => OomScore.Of(pod, c, capacity));
}
