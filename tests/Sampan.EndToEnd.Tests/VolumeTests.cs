using Sampan.EndToEnd.Tests.Cluster;
using Sampan.EndToEnd.Tests.Nodes;

namespace Sampan.EndToEnd.Tests;

/// <summary>Volumes as containers see them: modes, users, media, parts.</summary>
public sealed class VolumeTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task EmptyDir_OfBothMediaForBothUsers_KeepsModesAndIsShared()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: modes }
            spec:
              restartPolicy: Never
              containers:
              - &main
                name: root
                image: busybox:1
                imagePullPolicy: Never
                command:
                - sh
                - -c
                - |
                  echo hello > /dir/from-$(id -u)
                  while [ ! -f /dir/from-0 ] || [ ! -f /dir/from-1001 ]; do sleep 0.1; done
                  echo $(cat /dir/from-0 /dir/from-1001)
                  for d in /dir /mem; do
                    echo $d $(stat -c %a $d)
                    for m in 644 666 777; do f=$d/$m-$(id -u); echo content > $f; chmod $m $f; echo $(stat -c '%a %u' $f) $(cat $f); done
                  done
                  mount | grep -c ' /mem type tmpfs'
                volumeMounts: [{ name: dir, mountPath: /dir }, { name: mem, mountPath: /mem }]
              - <<: *main
                name: user
                securityContext: { runAsUser: 1001 }
              volumes: [{ name: dir, emptyDir: {} }, { name: mem, emptyDir: { medium: Memory } }]
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("modes") is "Succeeded" or "Failed", 90);
        Assert.Equal(Expected(0), await KubectlAsync("logs", "modes", "-c", "root"));
        Assert.Equal(Expected(1001), await KubectlAsync("logs", "modes", "-c", "user"));

        static string Expected(int user)
        {
            var files = $"644 {user} content\n666 {user} content\n777 {user} content\n";
            return $"hello hello\n/dir 777\n{files}/mem 1777\n{files}1\n";
        }
    }

    [Fact]
    public async Task Payload_WithOtherVolumesWithin_HasThemInTheirPlaces()
    {
        await KubectlAsync("create", "configmap", "outer", "--from-literal=a=map");
        await KubectlAsync("create", "secret", "generic", "inner", "--from-literal=s=secret");
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: nested }
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "echo own > /etc/app/cache/f; echo $(cat /etc/app/a /etc/app/cache/f /etc/app/more/keys/s); touch /etc/app/new 2>/dev/null || echo read-only"]
                volumeMounts:
                - { name: outer, mountPath: /etc/app }
                - { name: cache, mountPath: /etc/app/cache }
                - { name: inner, mountPath: /etc/app/more/keys }
              volumes:
              - { name: outer, configMap: { name: outer } }
              - { name: cache, emptyDir: {} }
              - { name: inner, secret: { secretName: inner } }
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("nested") is "Succeeded" or "Failed", 90);
        Assert.Equal("mapown secret\nread-only\n", await KubectlAsync("logs", "nested"));
    }

    [Fact]
    public async Task ImageVolume_OfAnotherImage_ShowsWhatIsInIt()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: content }
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "ls /image/usr/sbin; cat /part/nginx.conf | grep -c http; touch /image/new 2>/dev/null || echo read-only"]
                volumeMounts:
                - { name: image, mountPath: /image }
                - { name: image, mountPath: /part, subPath: etc/nginx }
              volumes: [{ name: image, image: { reference: "nginx:1", pullPolicy: Never } }]
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("content") is "Succeeded" or "Failed", 90);
        var log = await KubectlAsync("logs", "content");
        Assert.Contains("nginx", log, StringComparison.Ordinal);
        Assert.EndsWith("read-only\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubPath_OfEachPayload_IsTheFileOrDirectoryItNames()
    {
        await KubectlAsync("create", "configmap", "settings", "--from-literal=a=map");
        await KubectlAsync("create", "secret", "generic", "keys", "--from-literal=k=hidden");
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: parts }
            spec:
              restartPolicy: Never
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                env: [{ name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]
                command: [sh, -c, "cat /map/a /etc/one /secret/k /own/name /all/a; echo > /mine/file; ls /whole"]
                volumeMounts:
                - { name: map, mountPath: /map, subPath: sub }
                - { name: map, mountPath: /etc/one, subPath: sub/a }
                - { name: secret, mountPath: /secret, subPath: sub }
                - { name: own, mountPath: /own, subPath: sub }
                - { name: all, mountPath: /all, subPath: sub }
                - { name: dir, mountPath: /mine, subPathExpr: $(POD) }
                - { name: dir, mountPath: /whole }
              volumes:
              - { name: map, configMap: { name: settings, items: [{ key: a, path: sub/a }] } }
              - { name: secret, secret: { secretName: keys, items: [{ key: k, path: sub/k }] } }
              - { name: own, downwardAPI: { items: [{ path: sub/name, fieldRef: { fieldPath: metadata.name } }] } }
              - { name: all, projected: { sources: [{ configMap: { name: settings, items: [{ key: a, path: sub/a }] } }] } }
              - { name: dir, emptyDir: {} }
            """);
        await TestCluster.EventuallyAsync("it ended", async () => await PhaseAsync("parts") is "Succeeded" or "Failed", 90);
        Assert.Equal("mapmaphiddenpartsmapparts\n", await KubectlAsync("logs", "parts"));
    }

    [Fact]
    public async Task LocalVolume_EmptyBlockDevice_IsFormattedOnceAndGrowsWithItsFiles()
    {
        Assert.SkipWhen(LoopDevice.Unavailable() is not null, LoopDevice.Unavailable() ?? "");
        await using var device = await LoopDevice.TryCreateAsync(32 << 20);
        Assert.SkipWhen(device is null, "this host has no loop devices to give");
        var node = await KubectlAsync("get", "nodes", $"--field-selector=metadata.name!={MachineNode.Name}", "-o", "jsonpath={.items[0].metadata.name}");
        await ApplyAsync($$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: { name: {{Namespace}}-disk }
            spec:
              capacity: { storage: 32Mi }
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: ""
              claimRef: { namespace: {{Namespace}}, name: disk }
              local: { path: {{device.Path}}, fsType: ext4 }
              nodeAffinity: { required: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: In, values: [{{node}}] }] }] } }
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: { name: disk }
            spec: { accessModes: [ReadWriteOnce], storageClassName: "", volumeName: {{Namespace}}-disk, resources: { requests: { storage: 32Mi } } }
            """);
        try
        {
            Assert.Equal("ext4\n1001\n", await RunOnDiskAsync("writer", "grep ' /disk ' /proc/mounts | cut -d' ' -f3; stat -c %g /disk; echo kept > /disk/file"));
            Assert.Equal("kept\n", await RunOnDiskAsync("reader", "cat /disk/file"));

            await device.GrowAsync(64 << 20);
            await KubectlAsync("patch", "pv", $"{Namespace}-disk", "-p", """{"spec":{"capacity":{"storage":"64Mi"}}}""");
            var seen = await RunOnDiskAsync("grown", "cat /disk/file; df -P -m /disk | tail -n 1 | tr -s ' ' | cut -d' ' -f2");
            Assert.StartsWith("kept\n", seen, StringComparison.Ordinal);
            await AssertSizeAsync(int.Parse(seen["kept\n".Length..]), LoopDevice.CanGrowWhileMounted());
        }
        finally
        {
            await KubectlAsync("delete", "pod,pvc", "--all", "--timeout=90s");
            await KubectlAsync("delete", "pv", $"{Namespace}-disk", "--timeout=90s");
        }
    }

    /// <summary>Where the kernel lets nobody grow a mounted file system, the pod runs on the old size, and somebody is told.</summary>
    private async Task AssertSizeAsync(int mebibytes, bool canGrow)
    {
        Assert.InRange(mebibytes, canGrow ? 40 : 16, canGrow ? 64 : 32);
        Assert.Equal(canGrow ? "64Mi" : "32Mi", await KubectlAsync("get", "pvc", "disk", "-o", "jsonpath={.status.capacity.storage}"));
        await TestCluster.EventuallyAsync(
            "somebody is told",
            async () => (await KubectlAsync("get", "events", "-o", "jsonpath={.items[*].message}")).Contains(
                canGrow ? $"MountVolume.NodeExpandVolume succeeded for volume \"{Namespace}-disk\"" : "resize2fs output: ", StringComparison.Ordinal),
            30);
    }

    private async Task<string> RunOnDiskAsync(string name, string command)
    {
        await ApplyAsync($$"""
            apiVersion: v1
            kind: Pod
            metadata: { name: {{name}} }
            spec:
              restartPolicy: Never
              securityContext: { fsGroup: 1001 }
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "{{command}}"]
                volumeMounts: [{ name: disk, mountPath: /disk }]
              volumes: [{ name: disk, persistentVolumeClaim: { claimName: disk } }]
            """);
        await TestCluster.EventuallyAsync($"{name} ended", async () => await PhaseAsync(name) is "Succeeded" or "Failed", 90);
        return await KubectlAsync("logs", name);
    }

    private Task<string> PhaseAsync(string pod) => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.phase}");
}
