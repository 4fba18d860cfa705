using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>What security contexts do to processes on a real container runtime, and what a node refuses that cannot do them.</summary>
public sealed class PodSecurityTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Capabilities_SeccompAndMasks_AreInForce()
    {
        var profiles = Directory.CreateDirectory(Path.Combine(Cluster.DataDirectory, "kubelet", "seccomp")).FullName;
        await File.WriteAllTextAsync(Path.Combine(profiles, "no-mkdir.json"), """
            {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO"}]}
            """, TestContext.Current.CancellationToken);
        await ApplyAsync(Pod("rights",
            Container("usual", "grep -E '^(CapEff|Seccomp):' /proc/self/status; cat /proc/timer_list /proc/keys 2>/dev/null | wc -c; touch /proc/sys/kernel/panic 2>&1 | grep -c 'Read-only'; ls /dev/kmsg 2>&1 | grep -c 'No such'", "{}"),
            Container("few", "grep -E '^(CapEff|Seccomp):' /proc/self/status", "{ capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }, seccompProfile: { type: RuntimeDefault } }"),
            Container("user", "grep -E '^(CapEff|CapBnd):' /proc/self/status", "{ runAsUser: 1000, capabilities: { drop: [ALL], add: [NET_RAW] } }"),
            Container("all", "[ $(grep CapEff /proc/self/status | cut -f2) = $(grep CapBnd /proc/self/status | cut -f2) ] && ls /dev/kmsg && touch /proc/sys/kernel/panic && grep Seccomp: /proc/self/status", "{ privileged: true }"),
            Container("filtered", "mkdir /tmp/x 2>&1; grep Seccomp: /proc/self/status", "{ seccompProfile: { type: Localhost, localhostProfile: no-mkdir.json } }")));
        await EndedAsync("rights");
        Assert.Equal("CapEff:\t00000000a80425fb\nSeccomp:\t0\n0\n1\n1\n", await LogAsync("usual"));
        Assert.Equal("CapEff:\t0000000000000400\nSeccomp:\t2\n", await LogAsync("few"));
        Assert.Equal("CapEff:\t0000000000000000\nCapBnd:\t0000000000002000\n", await LogAsync("user"));
        Assert.Equal("/dev/kmsg\nSeccomp:\t0\n", await LogAsync("all"));
        Assert.Equal("mkdir: can't create directory '/tmp/x': Operation not permitted\nSeccomp:\t2\n", await LogAsync("filtered"));

        Task<string> LogAsync(string container) => KubectlAsync("logs", "rights", "-c", container);
    }

    [Fact]
    public async Task FSGroup_WithEachChangePolicy_OwnsTheVolumeOrLeavesItAlone()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data }
            spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Mi } } }
            """);
        var seen = new List<string>();
        foreach (var (name, policy) in new[] { ("first", "Always"), ("mismatch", "OnRootMismatch"), ("always", "Always") })
        {
            await ApplyAsync(Pod(name,
                Container("main", "cd /data; touch file; stat -c '%g %a' . file; chgrp 7 file", "{}", "volumeMounts: [{ name: data, mountPath: /data }]"),
                $"volumes: [{{ name: data, persistentVolumeClaim: {{ claimName: data }} }}]\n  securityContext: {{ fsGroup: 2000, fsGroupChangePolicy: {policy} }}"));
            await EndedAsync(name);
            seen.Add((await KubectlAsync("logs", name)).Replace('\n', ' '));
            await KubectlAsync("delete", "pod", name);
        }

        Assert.Equal("2000 2777", seen[0][..9]);
        Assert.Equal("2000 2777 7 644 ", seen[1]);
        Assert.Equal("2000 2777 2000 664 ", seen[2]);
    }

    [Fact]
    public async Task Pods_ThatThisNodeCannotSecure_AreRefusedWithTheReason()
    {
        await ApplyAsync(
            Pod("root", Container("main", "sleep 1", "{ runAsNonRoot: true }"))
            + Pod("armored", Container("main", "sleep 1", "{ appArmorProfile: { type: RuntimeDefault } }"))
            + Pod("strict", Container("main", "id -G", "{ runAsUser: 1000 }"), "securityContext: { supplementalGroupsPolicy: Strict, supplementalGroups: [4000] }"));
        await TestCluster.EventuallyAsync("it does not run as root", async () =>
            await WaitingAsync("root") == "CreateContainerConfigError", 90);
        Assert.Contains("container has runAsNonRoot and image will run as root", await KubectlAsync("get", "pod", "root", "-o", "jsonpath={.status.containerStatuses[0].state.waiting.message}"), StringComparison.Ordinal);
        if (!Directory.Exists("/sys/kernel/security/apparmor")) await RefusedAsync("armored", "AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host");
        if (await Cluster.KubectlAsync("get", "nodes", "-o", "jsonpath={.items[0].status.features.supplementalGroupsPolicy}") != "true")
            await RefusedAsync("strict", "SupplementalGroupsPolicyNotSupported", "SupplementalGroupsPolicy=Strict is not supported in this node");
    }

    private static string Container(string name, string command, string context, string more = "stdin: false") => $$"""
        - name: {{name}}
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            securityContext: {{context}}
            {{more}}

        """;

    private static string Pod(string name, params string[] parts) => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 1
          {{string.Join("\n  ", parts.Where(p => !p.StartsWith('-')))}}
          containers:
          {{string.Join("\n  ", parts.Where(p => p.StartsWith('-')))}}
        ---

        """;

    private Task EndedAsync(string pod) => TestCluster.EventuallyAsync($"{pod} ended", async () =>
        await KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}") is "Succeeded" or "Failed", 90);

    private Task<string> WaitingAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].state.waiting.reason}");

    private async Task RefusedAsync(string pod, string reason, string message)
    {
        await EndedAsync(pod);
        Assert.Equal($"{reason} Pod was rejected: {message}", await KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.reason} {.status.message}"));
    }
}
