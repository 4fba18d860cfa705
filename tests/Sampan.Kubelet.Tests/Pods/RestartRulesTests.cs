using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class RestartRulesTests
{
    [Theory]
    [InlineData("Always", null, 0, true)]
    [InlineData("OnFailure", null, 0, false)]
    [InlineData("OnFailure", null, 1, true)]
    [InlineData("Never", null, 1, false)]
    [InlineData("Never", "OnFailure", 1, true)]
    [InlineData("Always", "Never", 1, false)]
    public void Allow_ContainersOwnPolicy_WinsOverThePods(string ofPod, string? own, int exitCode, bool allowed)
    {
        var pod = Node.Pod("a", p => p.Spec.RestartPolicy = ofPod);
        pod.Spec.Containers[0].RestartPolicy = own;
        Assert.Equal(allowed, RestartRules.Allow(pod, pod.Spec.Containers[0], exitCode));
    }

    [Theory]
    [InlineData("In", 42, true)]
    [InlineData("In", 1, false)]
    [InlineData("NotIn", 1, true)]
    [InlineData("NotIn", 42, false)]
    public void Allow_RuleOnExitCodes_WinsOverPolicies(string op, int exitCode, bool allowed)
    {
        var pod = Ruled(op);
        Assert.Equal(allowed, RestartRules.Allow(pod, pod.Spec.Containers[0], exitCode));
    }

    [Fact]
    public async Task Exit_WithCodeOfARule_RestartsAndAnotherEndsThePod()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Ruled("In"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 42);
        await node.UntilAsync(() => node.Container(pod) is { RestartCount: 1, State.Running: not null }, "restarted");
        Assert.Equal("Running", node.Status(pod).Phase);
        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");
    }

    private static Pod Ruled(string op) => Node.Pod("a", p =>
    {
        p.Spec.RestartPolicy = "Never";
        p.Spec.Containers[0].RestartPolicy = "Never";
        p.Spec.Containers[0].RestartPolicyRules = [new() { Action = "Restart", ExitCodes = new() { Operator = op, Values = [42] } }];
    });
}
