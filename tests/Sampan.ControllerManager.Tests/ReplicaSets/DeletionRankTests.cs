using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Tests.ReplicaSets;

public sealed class DeletionRankTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Each differs from the next in the one thing that its name says; the first goes first.</summary>
    [Fact]
    public void Compare_EachRule_DecidesWhereAllBeforeItAreEqual()
    {
        Pod[] expected =
        [
            Make("unassigned", p => (p.Spec.NodeName, p.Status.Phase) = (null, "Pending")),
            Make("pending", p => p.Status.Phase = "Pending"),
            Make("unknown", p => p.Status.Phase = "Unknown"),
            Make("not ready", p => p.Status.Conditions = null),
            Make("costs little", p => Cost(p, "-5")),
            Make("crowded", p => p.Spec.NodeName = "crowded"),
            Make("ready since never", p => p.Status.Conditions![0].LastTransitionTime = null),
            Make("ready for a short time", p => p.Status.Conditions![0].LastTransitionTime = Now.AddSeconds(-1)),
            Make("restarted often", p => p.Status.ContainerStatuses = [new() { Name = "web", RestartCount = 9 }]),
            Make("sidecar restarted", p =>
            {
                p.Spec.InitContainers = [new() { Name = "side", RestartPolicy = "Always" }, new() { Name = "init" }];
                p.Status.InitContainerStatuses = [new() { Name = "side", RestartCount = 9 }, new() { Name = "init", RestartCount = 1 }];
            }),
            Make("never created", p => p.Metadata.CreationTimestamp = null),
            Make("young", p => p.Metadata.CreationTimestamp = Now.AddMinutes(-1)),
            Make("old", _ => { }),
            Make("costs much", p => Cost(p, "5")),
        ];
        var rank = new DeletionRank([.. expected, Make("beside", p => p.Spec.NodeName = "crowded")], Now);
        var shuffled = expected.OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).Order(rank);
        Assert.Equal(expected.Select(p => p.Metadata.Name), shuffled.Select(p => p.Metadata.Name));
    }

    [Theory]
    [InlineData(70, 80, 0)]
    [InlineData(60, 600, -1)]
    [InlineData(86400, 600, 1)]
    public void Compare_Ages_ByOrdersOfMagnitude(int seconds, int otherSeconds, int expected)
    {
        var x = Make("x", p => p.Metadata.CreationTimestamp = Now.AddSeconds(-seconds));
        var y = Make("y", p => p.Metadata.CreationTimestamp = Now.AddSeconds(-otherSeconds));
        // Of about one age, the uid decides, which says nothing of the age.
        Assert.Equal(expected == 0 ? -1 : expected, Math.Sign(new DeletionRank([], Now).Compare(x, y)));
        (x.Metadata.Uid, y.Metadata.Uid) = (y.Metadata.Uid, x.Metadata.Uid);
        Assert.Equal(expected == 0 ? 1 : expected, Math.Sign(new DeletionRank([], Now).Compare(x, y)));
    }

    [Theory]
    [InlineData("not a number")]
    [InlineData(" 7")]
    [InlineData("99999999999")]
    public void Compare_CostThatCannotBeRead_CountsAsNone(string cost)
    {
        var (x, y) = (Make("x", p => Cost(p, cost)), Make("x", _ => { }));
        Assert.Equal(0, new DeletionRank([], Now).Compare(x, y));
    }

    private static void Cost(Pod pod, string cost) => pod.Metadata.Annotations = new() { ["controller.kubernetes.io/pod-deletion-cost"] = cost };

    private static Pod Make(string name, Action<Pod> change)
    {
        var pod = Workloads.Pod(name, ready: true, node: "node");
        (pod.Metadata.Uid, pod.Metadata.CreationTimestamp) = (name, Now.AddDays(-1));
        pod.Status.Conditions![0].LastTransitionTime = Now.AddHours(-23);
        // A node of its own, unless the case is about crowds.
        pod.Spec.NodeName = name;
        change(pod);
        return pod;
    }
}
