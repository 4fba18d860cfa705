using System.Globalization;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>What pods share with their node, and containers of a pod with each other, on a real container runtime.</summary>
public sealed class PodSharingTests(TestCluster cluster) : ClusterTest(cluster)
{
    private const string Namespaces = "for n in pid ipc net uts; do readlink /proc/self/ns/$n; done";
    private const string Idle = "; trap 'exit 0' TERM; while :; do sleep 1; done";

    /// <summary>All run at once: the kernel gives the number of a namespace that is gone to the next.</summary>
    [Fact]
    public async Task Namespaces_OfHostPodAndContainer_AreThoseAskedFor()
    {
        await ApplyAsync(
            Pod("host", "hostPID: true\n  hostIPC: true\n  hostNetwork: true", Container("main", Namespaces + Idle))
            + Pod("own", "hostname: own", Container("main", Namespaces + "; cat /proc/1/comm; hostname" + Idle), Container("other", Namespaces + Idle))
            + Pod("shared", "shareProcessNamespace: true", Container("main", Namespaces + "; cat /proc/1/comm" + Idle), Container("other", Namespaces + Idle)));
        string[] host = [.. (await Cluster.Host.RunAsync("sh", "-c", Namespaces)).Split('\n')[..4]];
        var (ofHost, own, shared) = (await LinesAsync("host", "main", 4), await LinesAsync("own", "main", 6), await LinesAsync("shared", "main", 5));
        var (ownOther, sharedOther) = (await LinesAsync("own", "other", 4), await LinesAsync("shared", "other", 4));

        Assert.Equal(host[..3], ofHost[..3]);
        Assert.All(Enumerable.Range(0, 4), i => Assert.NotEqual(host[i], own[i]));
        Assert.Equal(["sh", "own"], own[4..]);
        Assert.NotEqual(own[0], ownOther[0]);
        Assert.Equal(own[1..3], ownOther[1..3]);
        Assert.Equal(shared[..3], sharedOther[..3]);
        Assert.Equal("pause", shared[4]);
    }

    [Fact]
    public async Task Sidecar_OfAPod_StartsBeforeItAndEndsAfterIt()
    {
        var directory = Directory.CreateTempSubdirectory("sampan-order-");
        try
        {
            string Logging(string name) => $"echo {name} up >>/out/log; trap 'echo {name} down >>/out/log; exit 0' TERM; while :; do sleep 0.1; done";
            const string mount = "volumeMounts: [{ name: out, mountPath: /out }]";
            await ApplyAsync(Pod("ordered",
                $"volumes: [{{ name: out, hostPath: {{ path: {directory.FullName} }} }}]\n  initContainers:\n"
                + "  " + Container("one", Logging("one"), mount, "restartPolicy: Always", "startupProbe: { exec: { command: [sh, -c, 'grep one /out/log'] }, periodSeconds: 1 }")
                + "  " + Container("between", "echo between >>/out/log", mount)
                + "  " + Container("two", Logging("two"), mount, "restartPolicy: Always"),
                Container("main", Logging("main"), mount, "startupProbe: { exec: { command: [sh, -c, 'grep main /out/log'] }, periodSeconds: 1 }")));
            await PodReadyAsync("ordered");
            await KubectlAsync("delete", "pod", "ordered", "--timeout=90s");
            Assert.Equal("one up|between|two up|main up|main down|two down|one down|", (await File.ReadAllTextAsync(Path.Combine(directory.FullName, "log"), TestContext.Current.CancellationToken)).Replace('\n', '|'));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Resources_OfAPodAsAWhole_LimitItsGroup()
    {
        await ApplyAsync(Pod("whole", "resources: { requests: { cpu: 100m, memory: 32Mi }, limits: { cpu: 200m, memory: 64Mi } }", Container("main", "trap 'exit 0' TERM; while :; do sleep 1; done")));
        await PodReadyAsync("whole");
        var uid = await KubectlAsync("get", "pod", "whole", "-o", "jsonpath={.metadata.uid}");
        Assert.Equal("Burstable", await KubectlAsync("get", "pod", "whole", "-o", "jsonpath={.status.qosClass}"));
        Assert.Equal((64L << 20, 20000L), Limits(uid));
    }

    [Fact]
    public async Task RestartRules_OfAContainer_DecideByItsExitCode()
    {
        const string rules = "restartPolicy: Never\n    restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [42] } }]\n    volumeMounts: [{ name: v, mountPath: /v }]";
        await ApplyAsync(Pod("ruled", "volumes: [{ name: v, emptyDir: {} }]", Container("main", "[ -f /v/again ] && exit 7; touch /v/again; exit 42", rules)));
        await TestCluster.EventuallyAsync("it failed", async () => await PhaseAsync("ruled") == "Failed", 90);
        Assert.Equal("1 7 42", await KubectlAsync("get", "pod", "ruled", "-o", "jsonpath={.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.exitCode}"));
    }

    /// <summary>Memory in bytes and processor time in microseconds per period.</summary>
    private static (long Memory, long Cpu) Limits(string uid)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };
        var groups = Directory.EnumerateDirectories("/sys/fs/cgroup", $"pod{uid}", options).ToList();
        return (Read("memory.max", "memory.limit_in_bytes"), Read("cpu.max", "cpu.cfs_quota_us"));

        long Read(params string[] names) => groups.SelectMany(g => names.Select(n => Path.Combine(g, n))).Where(File.Exists)
            .Select(f => long.Parse(File.ReadAllText(f).Split(' ')[0], CultureInfo.InvariantCulture)).First();
    }

    private static string Container(string name, string command, params string[] more) => $$"""
        - name: {{name}}
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            {{string.Join("\n    ", more.Prepend("stdin: false"))}}

        """;

    private static string Pod(string name, string spec, params string[] containers) => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 20
          {{spec}}
          containers:
          {{string.Join("  ", containers)}}
        ---

        """;

    /// <summary>What a container said, once that is so much.</summary>
    private async Task<string[]> LinesAsync(string pod, string container, int count)
    {
        await PodReadyAsync(pod);
        string[] lines = [];
        await TestCluster.EventuallyAsync($"{pod} has said all", async () =>
            (lines = (await KubectlAsync("logs", pod, "-c", container)).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Length >= count, 90);
        return lines;
    }

    private Task<string> PhaseAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}");
}
