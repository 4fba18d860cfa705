using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Runtime;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>What befalls a node, on a machine with containerd: each ends in the right state, and nothing is left of it.</summary>
public sealed class NodeFaultTests(TestCluster cluster, MachineNode node) : MachineTest(cluster, node), IClassFixture<MachineNode>
{
    [Fact]
    public async Task ApiServer_Away_ContainersAreStartedAgainAndAllIsToldAfterwards()
    {
        await ApplyAsync(Pod("dies") + Pod("leaves", more: "volumeMounts: [{ name: v, mountPath: /v }]\n  volumes: [{ name: v, emptyDir: { medium: Memory } }]"));
        await ReadyAsync("dies", "leaves");
        var uid = await UidAsync("dies");

        await Machine.DisconnectAsync();
        try
        {
            await KillContainerAsync(uid);
            await EventuallyAsync("it was started again without the API", async () => (await ContainersAsync(uid)).Any(c => c.State == ContainerState.ContainerRunning && c.Metadata.Attempt == 1));
            await KubectlAsync("delete", "pod", "leaves", "--wait=false");
            await File.WriteAllTextAsync(Manifest, Pod("fixed").Replace("{ name: fixed }", $"{{ name: fixed, namespace: {Namespace} }}", StringComparison.Ordinal), Ct);
        }
        finally
        {
            await Machine.ConnectAsync();
        }

        await EventuallyAsync("the restart is told", async () => await RestartsAsync("dies") == 1);
        await ReadyAsync("dies");
        await KubectlAsync("wait", "--for=delete", "pod/leaves", "--timeout=90s");
        await EventuallyAsync("the static pod is shown", async () => (await TryKubectlAsync("get", "pod", $"fixed-{MachineNode.Name}")).ExitCode == 0);
        await ReadyAsync($"fixed-{MachineNode.Name}");
        File.Delete(Manifest);
        await KubectlAsync("wait", "--for=delete", $"pod/fixed-{MachineNode.Name}", "--timeout=90s");
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Kubelet_KilledAndStarted_FindsItsPodsAndRemovesWhatIsGone()
    {
        const string volumes = """
            volumeMounts: [{ name: mem, mountPath: /mem }, { name: dir, mountPath: /part, subPath: part }]
              volumes: [{ name: mem, emptyDir: { medium: Memory } }, { name: dir, emptyDir: {} }]
            """;
        await ApplyAsync(Pod("kept", more: volumes) + Pod("dies") + Pod("forced", more: volumes) + Pod("leaves", more: volumes));
        await ReadyAsync("kept", "dies", "forced", "leaves");
        var (kept, dies) = (await ContainerAsync("kept"), await UidAsync("dies"));

        await Machine.KillAsync("kubelet");
        await KillContainerAsync(dies);
        await KubectlAsync("delete", "pod", "forced", "--force", "--grace-period=0");
        await KubectlAsync("delete", "pod", "leaves", "--wait=false");
        var stray = Path.Combine(Machine.Disk, "kubelet/pods", $"{Guid.NewGuid()}", "volumes/kubernetes.io~empty-dir/v");
        await Machine.RunAsync("mkdir", "-p", stray);
        await Machine.RunAsync("mount", "-t", "tmpfs", "tmpfs", stray);
        Node.StartKubelet();

        await KubectlAsync("wait", "--for=delete", "pod/leaves", "--timeout=90s");
        await EventuallyAsync("what died meanwhile runs again", async () => await RestartsAsync("dies") == 1);
        await EventuallyAsync("the stray volume is gone", () => Task.FromResult(!Directory.Exists(Machine.Inside(stray))));
        await ReadyAsync("kept", "dies");
        Assert.Equal(kept, await ContainerAsync("kept"));
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Kubelet_KilledWhilePodsStart_StartsEachOnce()
    {
        string[] pods = [.. Enumerable.Range(0, 4).Select(i => $"pod-{i}")];
        await ApplyAsync(string.Concat(pods.Select(pod => Pod(pod))));
        for (var i = 0; i < 2; i++)
        {
            await Machine.KillAsync("kubelet");
            Node.StartKubelet();
            await EventuallyAsync("it goes on", async () => (await PhasesAsync()).Count(p => p == "Running") > 2 * i);
        }

        await ReadyAsync(pods);
        using var runtime = Node.Runtime();
        await EventuallyAsync("each pod has one sandbox and one container", async () =>
            (await runtime.ListPodSandboxesAsync(new() { State = new() { State = PodSandboxState.SandboxReady } }, Ct)).Count == pods.Length
            && (await runtime.ListContainersAsync(new() { State = new() { State = ContainerState.ContainerRunning } }, Ct)).Count == pods.Length);
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Machine_Rebooted_StartsItsPodsAgainAndSaysSo()
    {
        await KubectlAsync("create", "configmap", "settings", "--from-literal=a=1");
        await ApplyAsync(
            Pod("again", "echo x >>/disk/file; echo x >>/memory/file; " + Idle, """
                volumeMounts: [{ name: disk, mountPath: /disk }, { name: memory, mountPath: /memory }, { name: map, mountPath: /map }]
                  volumes: [{ name: disk, emptyDir: {} }, { name: memory, emptyDir: { medium: Memory } }, { name: map, configMap: { name: settings } }]
                """)
            + Pod("once", spec: "restartPolicy: Never") + Pod("done", "exit 0", spec: "restartPolicy: OnFailure"));
        await ReadyAsync("again", "once");
        await KubectlAsync("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/done", "--timeout=90s");
        var before = await BootIdAsync();
        var address = await KubectlAsync("get", "pod", "again", "-o", "jsonpath={.status.podIP}");

        await Node.RebootAsync();

        await EventuallyAsync("it was started again", async () => await RestartsAsync("again") == 1);
        await ReadyAsync("again");
        await KubectlAsync("wait", "--for=jsonpath={.status.phase}=Failed", "pod/once", "--timeout=90s");
        Assert.Equal("Succeeded", await KubectlAsync("get", "pod", "done", "-o", "jsonpath={.status.phase}"));
        await EventuallyAsync("the node has the new boot", async () => await BootIdAsync() is var now && now != before && now == (await File.ReadAllTextAsync(Machine.PathOf("boot_id"), Ct)).Trim());
        await EventuallyAsync("an event tells", async () =>
            (await Cluster.KubectlAsync("get", "events", "-n", "default", "--field-selector", $"involvedObject.name={MachineNode.Name},reason=Rebooted", "-o", "name")).Length > 0);
        var volumes = Machine.Inside(Path.Combine(Machine.Disk, "kubelet/pods", await UidAsync("again"), "volumes"));
        Assert.Equal("x\nx\n", await File.ReadAllTextAsync(Path.Combine(volumes, "kubernetes.io~empty-dir/disk/file"), Ct));
        Assert.Equal("x\n", await File.ReadAllTextAsync(Path.Combine(volumes, "kubernetes.io~empty-dir/memory/file"), Ct));
        Assert.NotEqual("", address);
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Disk_Full_EndsTheGreedyPodAndStartsPodsOnceThereIsRoom()
    {
        await ApplyAsync(Pod("greedy", $"dd if=/dev/zero of=/v/file bs=1M count=40; {Idle}", "volumeMounts: [{ name: v, mountPath: /v }]\n  volumes: [{ name: v, emptyDir: {} }]") + Pod("modest"));
        await ReadyAsync("greedy", "modest");
        var (file, modest) = (Path.Combine(Machine.Disk, "kubelet/pods", await UidAsync("greedy"), "volumes/kubernetes.io~empty-dir/v/file"), await ContainerAsync("modest"));
        await EventuallyAsync("it has written its file", () => Task.FromResult(new FileInfo(Machine.Inside(file)) is { Exists: true, Length: 40 << 20 }));

        await Machine.RunAsync("sh", "-c", $"fallocate -l $(( ($(df --output=avail -k {Machine.Disk} | tail -1) - 25 * 1024) * 1024 )) {Ballast}");
        await EventuallyAsync("the greedy pod is evicted", async () => await KubectlAsync("get", "pod", "greedy", "-o", "jsonpath={.status.reason}") == "Evicted");
        Assert.Matches("^The node was low on resource: ephemeral-storage\\. Threshold quantity: 40Mi, available: [0-9]+(Ki|Mi)?\\. ", await KubectlAsync("get", "pod", "greedy", "-o", "jsonpath={.status.message}"));
        await EventuallyAsync("its volume is gone", () => Task.FromResult(!File.Exists(Machine.Inside(file))));
        await ReadyAsync("modest");
        Assert.Equal(modest, await ContainerAsync("modest"));

        // Not a byte is left: not even a pod that the node takes in whatever its state can start.
        await Machine.TryAsync("sh", "-c", $"cat /dev/zero >{Ballast}.rest");
        await ApplyAsync(Pod("vital", spec: "priorityClassName: system-node-critical"));
        await EventuallyAsync("it says why it waits", async () => (await KubectlAsync("get", "events", "--field-selector", "involvedObject.name=vital", "-o", "jsonpath={.items[*].message}")).Contains("no space left on device", StringComparison.OrdinalIgnoreCase));

        await Machine.RunAsync("rm", Ballast, Ballast + ".rest");
        await ReadyAsync("vital");
        await KubectlAsync("wait", "--for=condition=DiskPressure=false", $"node/{MachineNode.Name}", "--timeout=90s");
        await ApplyAsync(Pod("late"));
        await ReadyAsync("late");
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Clock_SetADayAheadAndBack_RestartsNothingAndStopsNothing()
    {
        Assert.SkipUnless(Node.HasClock, "no C compiler to make a clock with");
        await ApplyAsync(Pod("steady", more: "livenessProbe: { exec: { command: ['true'] }, periodSeconds: 1 }") + Pod("crashes", "sleep 1; exit 1"));
        await ReadyAsync("steady");
        var steady = await ContainerAsync("steady");
        foreach (var off in new[] { TimeSpan.FromDays(1), TimeSpan.Zero })
        {
            Node.SetClock(off);
            var before = await RestartsAsync("crashes");
            await EventuallyAsync("what crashes is started on and on", async () => await RestartsAsync("crashes") >= before + 3);
            await ApplyAsync(Pod($"new-{off.Days}", more: "readinessProbe: { exec: { command: ['true'] }, initialDelaySeconds: 1, periodSeconds: 1 }"));
            await ReadyAsync($"new-{off.Days}");
        }

        Assert.Equal(steady, await ContainerAsync("steady"));
        await Node.ReadyAsync();
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Probe_ThatHangs_IsEndedEachTimeAndKeepsNobodyWaiting()
    {
        await ApplyAsync(
            Pod("hangs", more: "readinessProbe: { exec: { command: [sleep, '4321'] }, timeoutSeconds: 1, periodSeconds: 1 }")
            + Pod("hangs-to-death", more: "livenessProbe: { exec: { command: [sleep, '4321'] }, timeoutSeconds: 1, periodSeconds: 1, failureThreshold: 2 }")
            + Pod("fine", more: "readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 }"));
        await ReadyAsync("fine");
        await EventuallyAsync("the one whose liveness hangs is started again", async () => await RestartsAsync("hangs-to-death") >= 1);
        await EventuallyAsync("the other says that its probe timed out", async () => (await KubectlAsync("get", "events", "--field-selector", "involvedObject.name=hangs,reason=Unhealthy", "-o", "jsonpath={.items[*].message}")).Contains("timed out", StringComparison.Ordinal));
        Assert.Equal("false 0", await KubectlAsync("get", "pod", "hangs", "-o", "jsonpath={.status.containerStatuses[0].ready} {.status.containerStatuses[0].restartCount}"));
        var hanging = (await new Traces(Machine).ReadAsync()).Count(trace => trace == "process sleep 4321");
        Assert.True(hanging <= 4, $"{hanging} probes are still there");
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Containers_ThatEndedByTheHundreds_AreRemovedAndThePodGoesOn()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("SAMPAN_DEAD_CONTAINERS") ?? "100", System.Globalization.CultureInfo.InvariantCulture);
        await Machine.KillAsync("kubelet");
        await ApplyAsync(Pod("old"));
        var uid = await UidAsync("old");
        await new DeadContainers(Node.Runtime, Namespace, "old", uid, Path.Combine(Machine.Disk, "log"), "/" + Machine.Name).CreateAsync(count, Ct);

        Node.StartKubelet();

        await ReadyAsync("old");
        Assert.Equal(count, await RestartsAsync("old"));
        await EventuallyAsync("the last of them is kept, and the one that runs", async () => (await ContainersAsync(uid)).Count == 2);
        await LeavesNothingAsync();
    }

    private string Manifest => Machine.Inside(Path.Combine(Machine.Disk, "manifests", "fixed.yaml"));

    private string Ballast => Path.Combine(Machine.Disk, "ballast");

    private Task<string> BootIdAsync() => Cluster.KubectlAsync("get", "node", MachineNode.Name, "-o", "jsonpath={.status.nodeInfo.bootID}");

    private async Task<string[]> PhasesAsync() => (await KubectlAsync("get", "pods", "-o", "jsonpath={.items[*].status.phase}")).Split(' ');
}
