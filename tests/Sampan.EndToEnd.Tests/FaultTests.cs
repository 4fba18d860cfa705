using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>What goes wrong under pods on a real container runtime: each ends in the right state and leaves nothing behind.</summary>
public sealed partial class FaultTests(TestCluster cluster) : ClusterTest(cluster)
{
    private const string Deaf = "trap '' TERM; while :; do sleep 1; done";

    [Fact]
    public async Task Containerd_Killed_KeepsItsContainersAndStartsNewOnes()
    {
        await ApplyAsync(Pod("before", Deaf));
        await PodReadyAsync("before");
        var container = await ContainerAsync("before");

        await Shell.RunAsync("kill", ["-9", await PidAsync("containerd.pid")]);
        await ApplyAsync(Pod("after", Deaf));

        await PodReadyAsync("after");
        await PodReadyAsync("before");
        Assert.Equal(container, await ContainerAsync("before"));
        Assert.Equal("still here\n", await ShellAsync("echo still here", "before"));
        await EndedAsync("before", "after");
    }

    [Fact]
    public async Task Container_ThatIgnoresItsSignal_IsKilledAndLeavesNothing()
    {
        await ApplyAsync(Pod("deaf", Deaf, """
            volumeMounts: [{ name: mem, mountPath: /mem }, { name: dir, mountPath: /part, subPath: part }]
              volumes: [{ name: mem, emptyDir: { medium: Memory } }, { name: dir, emptyDir: {} }]
            """));
        await PodReadyAsync("deaf");
        await EndedAsync("deaf");
    }

    [Fact]
    public async Task Mount_ThatHangs_KeepsItsPodWaitingAndNobodyElse()
    {
        Assert.SkipUnless(File.Exists("/dev/fuse"), "this kernel has no FUSE");
        var directory = Directory.CreateTempSubdirectory("sampan-hung-").FullName;
        try
        {
            using (MountThatHangs(directory))
            {
                await ApplyAsync(Pod("hung", Deaf, $$"""
                    volumeMounts: [{ name: v, mountPath: /v }]
                      volumes: [{ name: v, hostPath: { path: {{directory}}/sub, type: Directory } }]
                    """));
                await ApplyAsync(Pod("fine", Deaf));
                await PodReadyAsync("fine");
                Assert.Equal("Pending", await KubectlAsync("get", "pod", "hung", "-o", "jsonpath={.status.phase}"));
            }

            await EndedAsync("hung", "fine");
        }
        finally
        {
            await Shell.TryAsync("umount", ["-l", directory]);
            Directory.Delete(directory);
        }
    }

    private static string Pod(string name, string command, string more = "stdin: false") => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}} }
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            {{more}}
        """;

    private async Task<string> PidAsync(string file) => (await File.ReadAllTextAsync(Path.Combine(Cluster.DataDirectory, "run", file), TestContext.Current.CancellationToken)).Split(' ')[0];

    private Task<string> ContainerAsync(string pod) =>
        KubectlAsync("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}");

    /// <summary>Deletes pods, and waits until no process, mount, group or file of theirs is left.</summary>
    private async Task EndedAsync(params string[] pods)
    {
        var uids = await Task.WhenAll(pods.Select(pod => KubectlAsync("get", "pod", pod, "-o", "jsonpath={.metadata.uid}")));
        await KubectlAsync(["delete", "pod", .. pods, "--timeout=120s"]);
        await TestCluster.EventuallyAsync("nothing of the pods is left", () => Task.FromResult(uids.SelectMany(Remains).FirstOrDefault() is null));
    }

    private IEnumerable<string> Remains(string uid)
    {
        var kubelet = Path.Combine(Cluster.DataDirectory, "kubelet", "pods", uid);
        var logs = Directory.EnumerateDirectories(Path.Combine(Cluster.DataDirectory, "log", "pods"), $"*_{uid}")
            .Concat(Directory.EnumerateFiles(Path.Combine(Cluster.DataDirectory, "log", "containers")).Where(link => new FileInfo(link).LinkTarget?.Contains(uid, StringComparison.Ordinal) == true));
        var mounts = File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(uid, StringComparison.Ordinal));
        return [.. Directory.Exists(kubelet) ? [kubelet] : Array.Empty<string>(), .. logs, .. mounts, .. Processes(uid), .. Groups(uid)];
    }

    private static IEnumerable<string> Processes(string uid) => Directory.EnumerateDirectories("/proc").Where(process =>
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) && File.ReadAllText(Path.Combine(process, "cgroup")).Contains(uid, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;       // it ended just now
        }
    });

    private static IEnumerable<string> Groups(string uid)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };
        return Directory.EnumerateDirectories("/sys/fs/cgroup", $"pod{uid}", options);
    }

    /// <summary>A file system whose server never answers: whoever looks into it waits until the handle is closed.</summary>
    private static SafeFileHandle MountThatHangs(string directory)
    {
        const int withoutSetuidAndDevices = 2 | 4;
        var server = File.OpenHandle("/dev/fuse", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var options = $"fd={server.DangerousGetHandle()},rootmode=40000,user_id=0,group_id=0,allow_other";
        Assert.True(Mount("hung", directory, "fuse", withoutSetuidAndDevices, options) == 0, $"mount: {Marshal.GetLastPInvokeErrorMessage()}");
        return server;
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);
}
