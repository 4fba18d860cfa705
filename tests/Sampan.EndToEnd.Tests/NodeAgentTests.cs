using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>What a pod may ask of its node, on a real container runtime.</summary>
public sealed class NodeAgentTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Resize_InPlace_ChangesTheCgroupOfTheRunningContainer()
    {
        await ApplyAsync(Pod("sized", "trap 'exit 0' TERM; while :; do sleep 1; done", "resources: { limits: { memory: 64Mi, cpu: 200m } }"));
        await PodReadyAsync("sized");
        await KubectlAsync("patch", "pod", "sized", "--subresource=resize", "-p", """{"spec":{"containers":[{"name":"main","resources":{"requests":{"memory":"96Mi","cpu":"300m"},"limits":{"memory":"96Mi","cpu":"300m"}}}]}}""");
        await TestCluster.EventuallyAsync("the group has the new limits", async () =>
            (await ShellAsync("cat /sys/fs/cgroup/memory.max 2>/dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes", "sized")).Trim() == $"{96 << 20}"
            && (await ShellAsync("cat /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us", "sized")).Trim().StartsWith("30000", StringComparison.Ordinal));
        await TestCluster.EventuallyAsync("the status says so", async () =>
            (await GetAsync("pod", "sized"))["status"]!["containerStatuses"]![0]!["resources"]?["limits"]?["cpu"]?.GetValue<string>() == "300m");
        var status = (await GetAsync("pod", "sized"))["status"]!;
        Assert.Equal(0, (int)status["containerStatuses"]![0]!["restartCount"]!);
        Assert.Equal("96Mi", (string?)status["containerStatuses"]![0]!["allocatedResources"]!["memory"]);
    }

    [Fact]
    public async Task Claim_OfTheDefaultClass_KeepsDataAcrossPods()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: data }
            spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
            """);
        await ApplyAsync(WithVolume("writer", "echo kept > /data/file"));
        await TestCluster.EventuallyAsync("it wrote", async () => await PhaseAsync("writer") == "Succeeded");
        var volume = await KubectlAsync("get", "pvc", "data", "-o", "jsonpath={.spec.volumeName}");
        await KubectlAsync("delete", "pod", "writer");
        await ApplyAsync(WithVolume("reader", "cat /data/file"));
        await TestCluster.EventuallyAsync("it read", async () => await PhaseAsync("reader") == "Succeeded");
        Assert.Equal("kept\n", await KubectlAsync("logs", "reader"));
        await KubectlAsync("delete", "pod", "reader");
        await KubectlAsync("delete", "pvc", "data");
        await TestCluster.EventuallyAsync("the volume goes with its claim", async () => (await TryKubectlAsync("get", "pv", volume)).ExitCode != 0);
        Assert.False(Directory.Exists(Path.Combine(Cluster.DataDirectory, "volumes", volume)));
    }

    [Fact]
    public async Task Volumes_OfEachPayload_ShowContentsAndModes()
    {
        await KubectlAsync("create", "configmap", "settings", "--from-literal=a=1", "--from-literal=b=2");
        await KubectlAsync("create", "secret", "generic", "keys", "--from-literal=k=hidden");
        await ApplyAsync(Pod("volumes", "cd /v; for f in map/a map/b mapped/x/a secret/k all/k all/a all/name; do echo $f $(stat -Lc %a $f) $(cat $f); done; stat -c %a dir mem; mount | grep -c '/v/mem type tmpfs'", """
            volumeMounts:
                - { name: map, mountPath: /v/map }
                - { name: mapped, mountPath: /v/mapped }
                - { name: secret, mountPath: /v/secret }
                - { name: all, mountPath: /v/all }
                - { name: dir, mountPath: /v/dir }
                - { name: mem, mountPath: /v/mem }
              volumes:
              - { name: map, configMap: { name: settings } }
              - { name: mapped, configMap: { name: settings, items: [{ key: a, path: x/a, mode: 0400 }] } }
              - { name: secret, secret: { secretName: keys, defaultMode: 0440 } }
              - name: all
                projected:
                  defaultMode: 0400
                  sources:
                  - { secret: { name: keys } }
                  - { configMap: { name: settings } }
                  - { downwardAPI: { items: [{ path: name, fieldRef: { fieldPath: metadata.name } }] } }
              - { name: dir, emptyDir: {} }
              - { name: mem, emptyDir: { medium: Memory } }
            """, "Never"));
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("volumes") is "Succeeded" or "Failed");
        Assert.Equal("map/a 644 1\nmap/b 644 2\nmapped/x/a 400 1\nsecret/k 440 hidden\nall/k 400 hidden\nall/a 400 1\nall/name 400 volumes\n777\n1777\n1\n", await KubectlAsync("logs", "volumes"));
    }

    [Fact]
    public async Task SecurityContext_OfPodAndContainer_IsInForce()
    {
        await ApplyAsync(Pod("careful", "id -u; id -g; id -G; stat -c %g /d; touch /x 2>&1 | grep -c 'Read-only'; grep NoNewPrivs /proc/self/status; cat /proc/sys/net/ipv4/ip_unprivileged_port_start", """
            securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false }
                volumeMounts: [{ name: d, mountPath: /d }]
              securityContext: { runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000], sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: '81' }] }
              volumes: [{ name: d, emptyDir: {} }]
            """, "Never"));
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("careful") is "Succeeded" or "Failed");
        var lines = (await KubectlAsync("logs", "careful")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["1000", "3000", "3000 2000 4000", "2000", "1", "NoNewPrivs:\t1", "81"], lines.Select((line, i) => i == 2 ? string.Join(' ', line.Split(' ').Order(StringComparer.Ordinal).OrderBy(g => g == "3000" ? 0 : 1)) : line));
    }

    [Fact]
    public async Task Sysctl_ThatIsNotSafe_RejectsThePod()
    {
        await ApplyAsync(Pod("unsafe", "sleep 1", "stdin: false\n  securityContext: { sysctls: [{ name: kernel.msgmax, value: '10000' }] }"));
        await TestCluster.EventuallyAsync("it is rejected", async () => await PhaseAsync("unsafe") == "Failed");
        Assert.Equal("SysctlForbidden", await KubectlAsync("get", "pod", "unsafe", "-o", "jsonpath={.status.reason}"));
    }

    [Fact]
    public async Task Usage_OfARunningPod_IsInMetricsAndSummary()
    {
        await StartShellAsync("busy");
        var node = await KubectlAsync("get", "pod", "busy", "-o", "jsonpath={.spec.nodeName}");
        var metrics = await KubectlAsync("get", "--raw", $"/api/v1/nodes/{node}/proxy/metrics/resource");
        Assert.Contains($"container_memory_working_set_bytes{{container=\"busy\",namespace=\"{Namespace}\",pod=\"busy\"}} ", metrics, StringComparison.Ordinal);
        Assert.Contains("\nscrape_error 0\n", metrics, StringComparison.Ordinal);
        var summary = JsonSerializer.Deserialize<JsonNode>(await KubectlAsync("get", "--raw", $"/api/v1/nodes/{node}/proxy/stats/summary"))!;
        var pod = summary["pods"]!.AsArray().Single(p => (string?)p!["podRef"]!["namespace"] == Namespace)!;
        Assert.True((long)pod["containers"]![0]!["cpu"]!["usageCoreNanoSeconds"]! > 0);
        Assert.Equal("eth0", (string?)pod["network"]!["name"]);
        Assert.True((long)pod["process_stats"]!["process_count"]! >= 1);
    }

    private static string Pod(string name, string command, string more, string restartPolicy = "Always") => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          restartPolicy: {{restartPolicy}}
          terminationGracePeriodSeconds: 2
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            {{more}}
        """;

    private static string WithVolume(string name, string command) => Pod(name, command, """
        volumeMounts: [{ name: data, mountPath: /data }]
          volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
        """, "Never");

    private Task<string> PhaseAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}");
}
