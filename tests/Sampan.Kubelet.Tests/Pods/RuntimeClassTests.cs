using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class RuntimeClassTests
{
    [Fact]
    public async Task Start_WithRuntimeClass_UsesItsHandler()
    {
        await using var node = new Node();
        node.RuntimeClasses["fast"] = new() { Metadata = new() { Name = "fast" }, Handler = "crun" };
        await node.RunAsync(Node.Pod("a", p => p.Spec.RuntimeClassName = "fast"));
        Assert.Contains("RunPodSandbox a", node.Runtime.Calls);
        Assert.Equal("crun", node.Runtime.Handlers["a"]);
    }

    [Fact]
    public async Task Start_WithUnknownRuntimeClass_WaitsAndSaysWhy()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.RuntimeClassName = "none");
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Events.All.Contains("Warning FailedCreatePodSandBox Failed to create pod sandbox: failed to get sandbox runtime: RuntimeClass \"none\" not found"), "told");
        Assert.Equal("Pending", node.Status(pod).Phase);
    }
}
