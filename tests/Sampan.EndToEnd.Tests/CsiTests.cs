using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.EndToEnd.Tests;

/// <summary>A CSI driver on a real node: registered, used by pods, grown, and nothing left of it.</summary>
public sealed class CsiTests(TestCluster cluster) : ClusterTest(cluster)
{
    private readonly string _driver = $"{Guid.NewGuid().ToString()[..8]}.csi.test";
    private readonly DirectoryInfo _disks = Directory.CreateTempSubdirectory("sampan-csi-");

    [Fact]
    public async Task Driver_PersistentAndInlineVolumes_AreMountedGrownAndGivenBack()
    {
        var kubelet = Path.Combine(Cluster.DataDirectory, "kubelet");
        await using var driver = new TestCsiDriver(Path.Combine(kubelet, "plugins", _driver, "csi.sock"), _disks.FullName, new LinuxHost());
        await driver.StartAsync();
        await using (await FakePluginSocket.StartAsync(Path.Combine(kubelet, "plugins_registry", _driver + ".sock"), "CSIPlugin", _driver, driver.Socket, "1.0.0"))
        {
            await TestCluster.EventuallyAsync("the node has the driver", async () => (await DriversAsync()).Contains(_driver, StringComparison.Ordinal), 90);
            await UseAsync(driver);
        }

        await TestCluster.EventuallyAsync("the node has lost the driver", async () => !(await DriversAsync()).Contains(_driver, StringComparison.Ordinal), 90);
    }

    public override async ValueTask DisposeAsync()
    {
        if (TestCluster.Unavailable() is null)
        {
            await Cluster.TryKubectlAsync("delete", "csidriver", _driver);
            await Cluster.TryKubectlAsync("delete", "pv", _driver, "--wait=false");
        }

        _disks.Delete(recursive: true);
        await base.DisposeAsync();
    }

    private async Task UseAsync(TestCsiDriver driver)
    {
        await ApplyAsync(Objects());
        await ApplyAsync(PodManifest());
        await PodReadyAsync("user");
        await ShellAsync("echo kept > /data/file; echo scratch > /scratch/file", "user");
        Assert.Equal("kept\n", await File.ReadAllTextAsync(Path.Combine(_disks.FullName, "disk-1", "file"), TestContext.Current.CancellationToken));
        var published = driver.Requests.OfType<NodePublishVolumeRequest>().First(r => r.VolumeId != "disk-1");
        Assert.Equal("user", published.VolumeContext["csi.storage.k8s.io/pod.name"]);

        // As a driver's resizer says that the volume itself has grown.
        await Cluster.KubectlAsync("patch", "pv", _driver, "-p", """{"spec":{"capacity":{"storage":"2Gi"}}}""");
        await KubectlAsync("annotate", "pod", "user", "look=again");
        await TestCluster.EventuallyAsync("the claim has grown", async () => await KubectlAsync("get", "pvc", "data", "-o", "jsonpath={.status.capacity.storage}") == "2Gi", 90);
        Assert.Equal(2L << 30, driver.Last<NodeExpandVolumeRequest>().CapacityRange.RequiredBytes);

        var uid = await KubectlAsync("get", "pod", "user", "-o", "jsonpath={.metadata.uid}");
        await KubectlAsync("delete", "pod", "user", "--timeout=60s");
        await TestCluster.EventuallyAsync("the volume is unstaged", () => Task.FromResult(driver.Requests.OfType<NodeUnstageVolumeRequest>().Any()), 90);
        Assert.Equal(2, driver.Requests.OfType<NodeUnpublishVolumeRequest>().Select(r => r.TargetPath).Distinct().Count());
        await TestCluster.EventuallyAsync("nothing is mounted", async () =>
            !(await File.ReadAllTextAsync("/proc/self/mountinfo")).Contains(uid, StringComparison.Ordinal) && !(await File.ReadAllTextAsync("/proc/self/mountinfo")).Contains(_driver, StringComparison.Ordinal), 90);
        Assert.True(File.Exists(Path.Combine(_disks.FullName, "disk-1", "file")));
    }

    private Task<string> DriversAsync() => Cluster.KubectlAsync("get", "csinodes", "-o", "jsonpath={.items[*].spec.drivers[*].name}");

    private string Objects() => $$"""
        apiVersion: storage.k8s.io/v1
        kind: CSIDriver
        metadata: { name: {{_driver}} }
        spec: { attachRequired: false, podInfoOnMount: true, volumeLifecycleModes: [Persistent, Ephemeral] }
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: { name: {{_driver}} }
        spec:
          capacity: { storage: 1Gi }
          accessModes: [ReadWriteOnce]
          persistentVolumeReclaimPolicy: Retain
          storageClassName: {{_driver}}
          csi: { driver: {{_driver}}, volumeHandle: disk-1 }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: data }
        spec: { storageClassName: {{_driver}}, volumeName: {{_driver}}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
        """;

    private string PodManifest() => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: user }
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "trap 'exit 0' TERM; while :; do sleep 1; done"]
            volumeMounts: [{ name: data, mountPath: /data }, { name: scratch, mountPath: /scratch }]
          volumes:
          - { name: data, persistentVolumeClaim: { claimName: data } }
          - { name: scratch, csi: { driver: {{_driver}}, volumeAttributes: { kind: scratch } } }
        """;
}
