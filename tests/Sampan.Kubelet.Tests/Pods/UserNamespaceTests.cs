using Sampan.Kubelet.Linux;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class UserNamespaceTests
{
    [Fact]
    public async Task Start_RuntimeWithoutThem_RefusesAndSaysWhy()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.HostUsers = false);

        node.Pods.Upsert(pod);

        await node.UntilAsync(() => node.Events.All.Contains("Warning FailedCreatePodSandBox Failed to create pod sandbox: can't set `spec.hostUsers: false`, runtime does not support user namespaces"), "told");
        Assert.Equal("Pending", node.Status(pod).Phase);
    }

    [Fact]
    public async Task Start_SeveralPods_HaveUsersOfTheirOwn()
    {
        await using var node = new Node();
        node.Runtime.RuntimeHandlers = [new Cri.RuntimeHandler { Name = "", Features = new() { UserNamespaces = true } }];

        await node.RunAsync(Node.Pod("a", p => p.Spec.HostUsers = false));
        await node.RunAsync(Node.Pod("b", p => p.Spec.HostUsers = false));
        await node.RunAsync(Node.Pod("c"));

        Assert.Equal([65536U, 131072U, null], new[] { "a", "b", "c" }.Select(name => Users(node, name)));
    }

    /// <summary>Upstream: TestUserNsManagerAllocate and TestRecordBounds.</summary>
    [Fact]
    public async Task Start_MoreThanIsSetAside_IsRefused()
    {
        await using var node = new Node();
        node.Runtime.RuntimeHandlers = [new Cri.RuntimeHandler { Name = "", Features = new() { UserNamespaces = true } }];
        node.Services.UserNamespaces.Use(new SubordinateIds(131072, 65536), 1);
        await node.RunAsync(Node.Pod("a", p => p.Spec.HostUsers = false));
        Assert.Equal(131072U, Users(node, "a"));

        node.Pods.Upsert(Node.Pod("b", p => p.Spec.HostUsers = false));
        await node.UntilAsync(() => node.Events.All.Contains("Warning FailedCreatePodSandBox Failed to create pod sandbox: could not find an empty slot to allocate a user namespace"), "told");
    }

    private static uint? Users(Node node, string pod) =>
        node.Runtime.Running(pod, "web")!.Config.Linux.SecurityContext.NamespaceOptions.UsernsOptions?.Uids.Single().HostId;
}
