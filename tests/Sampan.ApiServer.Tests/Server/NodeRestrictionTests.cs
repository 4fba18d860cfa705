using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class NodeRestrictionTests
{
    [Fact]
    public async Task Kubelet_OwnNode_MayRegister()
    {
        await using var server = await StartAsync();
        var node = await KubeletOf(server).Of<Node>().CreateAsync(New("n1"), default);
        Assert.Equal("node.kubernetes.io/not-ready", Assert.Single(node.Spec.Taints!).Key);
    }

    [Fact]
    public async Task Kubelet_OtherNode_IsForbidden()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Node>().CreateAsync(New("n2"), default));
        Assert.Equal("nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"", refusal.Message);
    }

    [Fact]
    public async Task Kubelet_RestrictedLabel_IsForbidden()
    {
        await using var server = await StartAsync();
        var node = New("n1");
        node.Metadata.Labels = new() { ["kubernetes.io/hostname"] = "n1", ["node-restriction.kubernetes.io/x"] = "y" };
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Node>().CreateAsync(node, default));
        Assert.Equal(
            "nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify labels: node-restriction.kubernetes.io/x", refusal.Message);
    }

    [Fact]
    public async Task Kubelet_PodThatIsNoMirror_IsForbidden()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = new Pod
        {
            Metadata = new() { Name = "p", Namespace = "default" },
            Spec = new() { NodeName = "n1", Containers = [new() { Name = "c", Image = "busybox" }] },
        };
        Assert.True((await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(pod, default))).IsForbidden);
    }

    [Fact]
    public async Task Kubelet_MirrorPod_MustBelongToItsNode()
    {
        await using var server = await StartAsync();
        var node = await KubeletOf(server).Of<Node>().CreateAsync(New("n1"), default);
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(Mirror("stranger"), default));
        Assert.Equal("pods \"p\" is forbidden: node \"n1\" can only create pods with an owner reference set to itself", refusal.Message);
        var own = Mirror("n1");
        own.Metadata.OwnerReferences![0].Uid = node.Metadata.Uid;
        own.Spec.Volumes = [new() { Name = "v", Secret = new() { SecretName = "s" } }];
        Assert.EndsWith(
            "node \"n1\" can not create pods that reference secrets",
            (await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(own, default))).Message, StringComparison.Ordinal);
        own.Spec.Volumes = null;
        await KubeletOf(server).Of<Pod>().CreateAsync(own, default);
    }

    private static Pod Mirror(string owner) => new()
    {
        Metadata = new()
        {
            Name = "p",
            Namespace = "default",
            Annotations = new() { ["kubernetes.io/config.mirror"] = "hash" },
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "Node", Name = owner, Uid = "u", Controller = true }],
        },
        Spec = new() { NodeName = "n1", Containers = [new() { Name = "c", Image = "busybox" }] },
    };

    private static Client.ApiClient KubeletOf(TestServer server) => server.ClientOf("system:node:n1", "system:nodes");

    private static Node New(string name) => new() { Metadata = new() { Name = name } };
}
