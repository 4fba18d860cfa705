using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Upstream: TestContainerAnnotations; how a pod is stopped that nobody knows any more.</summary>
public sealed class ContainerRecordTests
{
    [Fact]
    public void Write_Container_TellsHowItIsStopped()
    {
        var pod = Node.Pod("a", p =>
        {
            (p.Spec.TerminationGracePeriodSeconds, p.Metadata.DeletionGracePeriodSeconds) = (30, 5);
            p.Spec.Containers[0].Ports = [new() { Name = "http", ContainerPortValue = 8080 }];
            p.Spec.Containers[0].Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["drain", "now"] } } };
        });
        var annotations = ContainerRecord.Write(pod, pod.Spec.Containers[0], 2);
        Assert.Equal(("30", "5", "2"), (annotations[RuntimeLabels.PodTerminationGracePeriod], annotations[RuntimeLabels.PodDeletionGracePeriod], annotations[RuntimeLabels.RestartCount]));
        Assert.Equal("""{"exec":{"command":["drain","now"]}}""", annotations["io.kubernetes.container.preStopHandler"]);

        var instance = new Cri.ContainerStatus { Metadata = new() { Name = "web" }, Annotations = { annotations } };
        var read = ContainerRecord.Read(instance);
        Assert.Equal(["drain", "now"], read.Lifecycle!.PreStop!.Exec!.Command!);
        Assert.Equal(("http", 8080), (Assert.Single(read.Ports!).Name, read.Ports![0].ContainerPortValue));
        Assert.Equal(30, ContainerRecord.GracePeriodOf(instance));
    }

    [Fact]
    public void Read_WhatSomebodyElseWrote_StopsWithoutAHook()
    {
        var read = ContainerRecord.Read(new Cri.ContainerStatus { Metadata = new() { Name = "web" }, Annotations = { ["io.kubernetes.container.preStopHandler"] = "{" } });
        Assert.Equal(("web", null), (read.Name, read.Lifecycle));
    }

    [Fact]
    public async Task Restore_PodOfTheRuntime_HasItsHooks()
    {
        await using var node = new Node();
        var orphan = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["drain"] } } }));
        var pod = OrphanRemains.Restore(node.Cache.Get(orphan.Metadata.Uid));
        Assert.Equal(["drain"], Assert.Single(pod.Spec.Containers).Lifecycle!.PreStop!.Exec!.Command!);
    }
}
