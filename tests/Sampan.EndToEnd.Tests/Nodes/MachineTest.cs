using System.Globalization;
using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Runtime;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>A test that has a whole machine to itself, and leaves it as it was.</summary>
public abstract class MachineTest(TestCluster cluster, MachineNode node) : ClusterTest(cluster)
{
    protected const string Idle = "trap 'exit 0' TERM; while :; do sleep 1; done";

    protected MachineNode Node { get; } = node;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal Machine Machine => Node.Machine;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(MachineNode.Unavailable() is not null, MachineNode.Unavailable() ?? "");
        await base.InitializeAsync();
        if (!Node.IsKnown) await RunFirstPodAsync();
    }

    /// <summary>What the first pod on a machine leaves, such as the groups of its class and the network's lock, is not of any test.</summary>
    private async Task RunFirstPodAsync()
    {
        await ApplyAsync(Pod("first"));
        await ReadyAsync("first");
        await KubectlAsync("delete", "pod", "first", "--timeout=90s");
        await Node.RememberAsync();
    }

    protected static string Pod(string name, string command = Idle, string more = "stdin: false", string spec = "restartPolicy: Always") => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          nodeName: {{MachineNode.Name}}
          terminationGracePeriodSeconds: 1
          {{spec}}
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            {{more}}
        ---

        """;

    /// <summary>Deletes the test's pods, and waits until the machine is as it was before its first pod.</summary>
    protected async Task LeavesNothingAsync()
    {
        await KubectlAsync("delete", "pods", "--all", "--timeout=90s");
        await Node.UntouchedAsync();
    }

    protected Task ReadyAsync(params string[] pods) =>
        KubectlAsync(["wait", "--for=condition=Ready", "--timeout=90s", .. pods.Select(pod => "pod/" + pod)]);

    protected Task<string> UidAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.metadata.uid}");

    /// <summary>Which container runs, and how often it was restarted.</summary>
    protected Task<string> ContainerAsync(string pod) =>
        KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}");

    protected async Task<int> RestartsAsync(string pod) =>
        int.TryParse(await KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].restartCount}"), CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>What the runtime has of a pod, whatever the API says.</summary>
    internal async Task<IReadOnlyList<Container>> ContainersAsync(string uid)
    {
        using var runtime = Node.Runtime();
        return await runtime.ListContainersAsync(new() { LabelSelector = { [RuntimeLabels.PodUid] = uid } }, Ct);
    }

    /// <summary>Kills the first process of a container from outside.</summary>
    protected async Task KillContainerAsync(string uid)
    {
        var id = (await ContainersAsync(uid)).Single(c => c.State == ContainerState.ContainerRunning).Id;
        var state = await Machine.RunAsync("ctr", "--address", "/run/containerd/containerd.sock", "--namespace", "k8s.io", "tasks", "list");
        var process = state.Split('\n').Single(line => line.StartsWith(id, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        await Machine.RunAsync("kill", "-9", process);
    }

    protected Task EventuallyAsync(string what, Func<Task<bool>> condition) => TestCluster.EventuallyAsync(what, condition, 90);
}
