using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>What the node agent does with one pod: streams, limits, failures, probes and the end.</summary>
public sealed class KubeletTests(TestCluster cluster) : ClusterTest(cluster)
{
    private const string ContainerStatus = "jsonpath={.status.containerStatuses[0]";

    [Fact]
    public async Task Attach_ToRunningContainer_CarriesBothWays()
    {
        await StartEchoAsync();
        var attached = await Cluster.PipeKubectlAsync("first\nsecond\nbye\n", "-n", Namespace, "attach", "-i", "echo");
        Assert.True(attached.ExitCode == 0, attached.Output + attached.Error);
        Assert.Contains("got first\ngot second\n", attached.Output, StringComparison.Ordinal);
        await TestCluster.EventuallyAsync("the container read its input to the end", async () => await PhaseAsync("echo") == "Succeeded");
    }

    [Fact]
    public async Task Run_InteractiveWithRemove_GivesOutputAndExitCodeAndLeavesNothing()
    {
        var run = await Cluster.PipeKubectlAsync(
            "echo sum $((20 + 22)); exit 3\n", "-n", Namespace, "run", "once", "-i", "--rm", "--image=busybox:1", "--image-pull-policy=Never", "--restart=Never", "--command", "--", "sh");
        Assert.Contains("sum 42", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
        await TestCluster.EventuallyAsync("the pod is removed", async () => (await TryKubectlAsync("get", "pod", "once")).ExitCode != 0);
    }

    [Fact]
    public async Task Run_WithTerminal_HasOneAndEndsWithIt()
    {
        // script gives kubectl a terminal, without which it would not ask for one.
        var kubectl = $"kubectl --kubeconfig={Cluster.DataDirectory}/admin.conf -n {Namespace} run tty -it --rm --image=busybox:1 --image-pull-policy=Never --restart=Never --command -- sh -c 'read line; tty; echo got $line'";
        var run = await Shell.TryAsync("nsenter", Cluster.Host.Enter("script", "-qec", kubectl, "/dev/null"), "typed\n");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("got typed", run.Output, StringComparison.Ordinal);
        Assert.Contains("/dev/pts/", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_OfContainer_AreThoseOfItsCgroup()
    {
        await ApplyAsync(Pod("limited", "trap 'exit 0' TERM; while :; do sleep 1; done", "resources: { limits: { memory: 64Mi, cpu: 250m } }"));
        await PodReadyAsync("limited");
        var memory = await ShellAsync("cat /sys/fs/cgroup/memory.max 2>/dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes", "limited");
        var cpu = await ShellAsync("cat /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us", "limited");
        Assert.Equal($"{64 << 20}", memory.Trim());
        Assert.Equal("25000", cpu.Trim().Split(' ')[0]);
        Assert.Equal("Guaranteed", await KubectlAsync("get", "pod", "limited", "-o", "jsonpath={.status.qosClass}"));
    }

    [Fact]
    public async Task Container_OverMemoryLimit_IsOomKilled()
    {
        await ApplyAsync(Pod("greedy", "exec dd if=/dev/zero of=/dev/null bs=256M count=1", "resources: { limits: { memory: 32Mi } }", "Never"));
        await TestCluster.EventuallyAsync("the container was killed", async () => await PhaseAsync("greedy") == "Failed");
        Assert.Equal("OOMKilled 137", await KubectlAsync("get", "pod", "greedy", "-o", $"{ContainerStatus}.state.terminated.reason}} {{.status.containerStatuses[0].state.terminated.exitCode}}"));
    }

    [Fact]
    public async Task InitContainer_FailsInPodThatNeverRestarts_FailsThePod()
    {
        await ApplyAsync(PodWithInit("broken", "exit 4", "Never"));
        await TestCluster.EventuallyAsync("the pod failed", async () => await PhaseAsync("broken") == "Failed");
        var status = (await GetAsync("pod", "broken"))["status"]!;
        Assert.Equal(4, (int)status["initContainerStatuses"]![0]!["state"]!["terminated"]!["exitCode"]!);
        Assert.Equal("PodInitializing", (string?)status["containerStatuses"]![0]!["state"]!["waiting"]!["reason"]);
        Assert.Equal("Init:Error", await ShownStatusAsync("broken"));
    }

    [Fact]
    public async Task InitContainer_FailsInPodThatRestarts_IsTriedAgainWithBackOff()
    {
        await ApplyAsync(PodWithInit("stubborn", "exit 4", "Always"));
        await TestCluster.EventuallyAsync("it waits before the next attempt", async () => await ShownStatusAsync("stubborn") == "Init:CrashLoopBackOff");
        Assert.Equal("Pending", await PhaseAsync("stubborn"));
        await TestCluster.EventuallyAsync("an event tells", async () =>
            (await KubectlAsync("describe", "pod", "stubborn")).Contains("Back-off restarting failed container", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LivenessProbe_Fails_RestartsTheContainer()
    {
        await ApplyAsync(Pod("mortal", "touch /tmp/alive; while :; do sleep 1; done", """
            terminationMessagePolicy: File
                livenessProbe: { exec: { command: [test, -f, /tmp/alive] }, periodSeconds: 1, failureThreshold: 2, terminationGracePeriodSeconds: 1 }
            """));
        await PodReadyAsync("mortal");
        await ShellAsync("rm /tmp/alive", "mortal");
        await TestCluster.EventuallyAsync("it was restarted", async () => await KubectlAsync("get", "pod", "mortal", "-o", $"{ContainerStatus}.restartCount}}") == "1");
        Assert.Equal("137", await KubectlAsync("get", "pod", "mortal", "-o", $"{ContainerStatus}.lastState.terminated.exitCode}}"));
        await TestCluster.EventuallyAsync("the events tell why", async () => await KubectlAsync("describe", "pod", "mortal") is var text
            && text.Contains("Liveness probe failed", StringComparison.Ordinal) && text.Contains("failed liveness probe, will be restarted", StringComparison.Ordinal));
        await PodReadyAsync("mortal");
    }

    [Fact]
    public async Task Deletion_WithPreStopHook_RunsItBeforeTheSignal()
    {
        var directory = Directory.CreateTempSubdirectory("sampan-prestop-");
        try
        {
            await ApplyAsync(Pod("polite", "trap 'echo signal >> /out/log; exit 0' TERM; while :; do sleep 0.1; done", $$"""
                volumeMounts: [{ name: out, mountPath: /out }]
                    lifecycle: { preStop: { exec: { command: [sh, -c, 'sleep 1; echo hook >> /out/log'] } } }
                  volumes: [{ name: out, hostPath: { path: {{directory.FullName}} } }]
                """));
            await PodReadyAsync("polite");
            await KubectlAsync("delete", "pod", "polite", "--timeout=90s");
            Assert.Equal("hook\nsignal\n", await File.ReadAllTextAsync(Path.Combine(directory.FullName, "log"), TestContext.Current.CancellationToken));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Pod_BoundToNodeWithoutRoom_IsRejected()
    {
        var node = await KubectlAsync("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
        await ApplyAsync(Pod("huge", "sleep 60", $"resources: {{ requests: {{ cpu: 1000 }} }}\n  nodeName: {node}"));
        await TestCluster.EventuallyAsync("it is rejected", async () => await PhaseAsync("huge") == "Failed");
        Assert.Equal("OutOfcpu", await ShownStatusAsync("huge"));
        Assert.StartsWith(
            "Pod was rejected: Node didn't have enough resource: cpu, requested: 1000000, used: ",
            await KubectlAsync("get", "pod", "huge", "-o", "jsonpath={.status.message}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_FollowedAcrossRotation_AreWhole()
    {
        await ApplyAsync(Pod("noisy", "pad=$(printf %01000d 0); i=0; while [ $i -lt 12000 ]; do echo $i $pad; i=$((i+1)); done; sleep 12; echo last", "stdin: false", "Never"));
        await TestCluster.EventuallyAsync("it started", async () => await PhaseAsync("noisy") == "Running");
        var lines = (await KubectlAsync("logs", "-f", "noisy")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("last", lines[^1]);
        Assert.Equal(12001, lines.Length);
        var kept = await KubectlAsync("logs", "noisy");      // what came after the rotation
        Assert.EndsWith("last\n", kept, StringComparison.Ordinal);
        Assert.True(kept.Count(c => c == '\n') < lines.Length, "nothing was rotated");
    }

    private static string Pod(string name, string command, string more, string restartPolicy = "Always") => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          restartPolicy: {{restartPolicy}}
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            {{more}}
        """;

    private static string PodWithInit(string name, string init, string restartPolicy) =>
        Pod(name, "sleep 60", $"stdin: false\n  initContainers: [{{ name: init, image: 'busybox:1', imagePullPolicy: Never, command: [sh, -c, '{init}'] }}]", restartPolicy);

    private async Task StartEchoAsync()
    {
        await ApplyAsync(Pod("echo", "while read line && [ $line != bye ]; do echo got $line; done", "stdin: true\n    stdinOnce: true", "Never"));
        await PodReadyAsync("echo");
    }

    private Task<string> PhaseAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}");

    /// <summary>The STATUS column of kubectl get.</summary>
    private async Task<string> ShownStatusAsync(string pod) =>
        (await KubectlAsync("get", "pod", pod, "--no-headers")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
}
