using Sampan.Api.Core.V1;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Containers that the kubelet itself ends to start them anew.</summary>
public sealed class ReplacedContainerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Image_Changed_CountsAsReadyForOneSecondMore()
    {
        await using var node = new Node();
        var (pod, pulled) = await ChangeImageAsync(node, "Always");

        Assert.True(node.Container(pod).Ready);
        await node.UntilAsync(() => !node.Container(pod).Ready, "the end is told", Second);
        pulled.SetResult();
        await IsReadyAsync(node, pod);
    }

    /// <summary>The API takes no container of such a pod back to life: a status after its end would be refused for ever.</summary>
    [Theory]
    [InlineData("Never")]
    [InlineData("OnFailure")]
    public async Task Image_Changed_TheEndOfTheOldOneIsNotTold(string policy)
    {
        await using var node = new Node();
        var (pod, pulled) = await ChangeImageAsync(node, policy);
        node.Time.Advance(5 * Second);
        pulled.SetResult();

        await IsReadyAsync(node, pod);
        Assert.DoesNotContain(node.Statuses.History, s => s.ContainerStatuses is [{ State.Terminated: not null }]);
    }

    /// <summary>Upstream: the back-off counts from what had ended before, not from what is killed now.</summary>
    [Fact]
    public async Task Liveness_FailingEveryFifteenSeconds_NeverEndsThePod()
    {
        await using var node = new Node();
        node.Runtime.Exec = (_, _) => new() { ExitCode = 1 };
        var pod = await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.RestartPolicy = "OnFailure";
            p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["check"] }, InitialDelaySeconds = 15, PeriodSeconds = 15, FailureThreshold = 1 };
        }));

        await node.UntilAsync(() => node.Container(pod) is { RestartCount: 3, State.Running: not null }, "third restart", Second);

        Assert.All(node.Statuses.History, s => Assert.NotEqual("Succeeded", s.Phase));
    }

    /// <summary>The old container has made way, and the new one waits for its image to be pulled.</summary>
    private static async Task<(Pod Pod, TaskCompletionSource Pulled)> ChangeImageAsync(Node node, string policy)
    {
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.RestartPolicy = policy));
        await node.UntilAsync(() => node.Container(pod).Ready, "ready");
        var pulled = new TaskCompletionSource();
        node.Runtime.BeforePull = token => pulled.Task.WaitAsync(token);
        var changed = pod.DeepClone();
        changed.Spec.Containers[0].Image = "registry.test/web:2";
        node.Pods.Upsert(changed);
        await node.UntilAsync(() => node.Runtime.Calls.Contains("PullImage registry.test/web:2"), "the old one made way");
        return (pod, pulled);
    }

    private static Task IsReadyAsync(Node node, Pod pod) => node.UntilAsync(
        () => node.Container(pod) is { Ready: true, RestartCount: 1, Image: "registry.test/web:2" }, "the new one is ready", Second);
}
