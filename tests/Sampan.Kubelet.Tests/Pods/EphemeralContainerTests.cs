using Sampan.Api.Core.V1;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class EphemeralContainerTests
{
    [Fact]
    public async Task Update_OneAfterAnother_BothRunBesideTheOthers()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));

        node.Pods.Upsert(With(pod, "first"));
        await node.UntilAsync(() => IsRunning(node, pod, "first"), "the first runs");
        node.Pods.Upsert(With(pod, "first", "second"));
        await node.UntilAsync(() => IsRunning(node, pod, "second"), "the second runs");

        Assert.Equal(2, node.Status(pod).EphemeralContainerStatuses!.Count);
        Assert.True(IsRunning(node, pod, "first"));
        Assert.Equal(0, node.Container(pod).RestartCount);
    }

    private static Pod With(Pod pod, params string[] names)
    {
        var changed = pod.DeepClone();
        changed.Spec.EphemeralContainers = [.. names.Select(n => new EphemeralContainer { Name = n, Image = $"registry.test/{n}:1", ImagePullPolicy = "IfNotPresent" })];
        return changed;
    }

    private static bool IsRunning(Node node, Pod pod, string name) =>
        node.Status(pod).EphemeralContainerStatuses?.Find(s => s.Name == name)?.State.Running is not null;
}
