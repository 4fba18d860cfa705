using Sampan.Cluster.Images;
using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Cri;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>A second node of the tests' cluster on a <see cref="Nodes.Machine"/>, with nothing on it but containerd and `sampan kubelet`.</summary>
public sealed class MachineNode(TestCluster cluster) : IAsyncLifetime
{
    public const string Name = "machine";
    private const string Socket = "/run/containerd/containerd.sock";
    private IReadOnlyList<string> _untouched = [];
    private Machine? _machine;

    /// <summary>How far the kubelet's clock is off, in seconds: eight bytes that a library before libc's reads.</summary>
    private string ClockFile => Machine.PathOf("clock");

    private string ClockLibrary => Machine.PathOf("clock.so");

    internal Machine Machine => _machine ?? throw new InvalidOperationException("the machine was not made");

    internal bool HasClock => File.Exists(ClockLibrary);

    public static string? Unavailable() => TestCluster.Unavailable() ?? Machine.Unavailable();

    public async ValueTask InitializeAsync()
    {
        if (Unavailable() is not null) return;
        _machine = await Machine.CreateAsync(cluster.Host, $"sampan-m-{Environment.ProcessId}");
        await WriteFilesAsync();
        await Machine.BootAsync();
        Directory.CreateDirectory(Machine.Inside(Path.Combine(Machine.Disk, "manifests")));
        await StartRuntimeAsync();
        foreach (var image in new[] { Machine.PathOf("pause.tar"), Path.Combine(TestCluster.Root, "artifacts", "images", "busybox.tar") })
            await Machine.RunAsync("ctr", "--address", Socket, "--namespace", "k8s.io", "images", "import", image);
        StartKubelet();
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is null) return;
        await _machine.DisposeAsync();
        await cluster.TryKubectlAsync("delete", "node", Name, "--timeout=60s");
    }

    public Task ReadyAsync() => TestCluster.EventuallyAsync("the machine is a node that is ready", async () =>
        (await cluster.TryKubectlAsync("get", "node", Name, "-o", "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}")).Output == "True", 90);

    public async Task StartRuntimeAsync()
    {
        Machine.Start("containerd", "containerd", "--config", Machine.PathOf("containerd.toml"));
        await TestCluster.EventuallyAsync("containerd answers", async () => (await Machine.TryAsync("ctr", "--address", Socket, "version")).ExitCode == 0, 60);
    }

    public void StartKubelet() => Machine.Start(
        "kubelet",
        ["env", "DOTNET_EnableDiagnostics=0", .. HasClock ? new[] { $"LD_PRELOAD={ClockLibrary}", $"CLOCK_FILE={ClockFile}" } : [], Path.Combine(TestCluster.Root, "sampan"), "kubelet",
         "--kubeconfig", Path.Combine(cluster.DataDirectory, "admin.conf"), "--config", Machine.PathOf("kubelet.yaml"), "--hostname-override", Name,
         "--node-ip", Machine.Address, "--root-dir", Path.Combine(Machine.Disk, "kubelet"), "--v", "2"]);

    /// <summary>The power fails, and comes back.</summary>
    public async Task RebootAsync()
    {
        await Machine.PowerOffAsync();
        await Machine.BootAsync();
        await StartRuntimeAsync();
        StartKubelet();
    }

    /// <summary>Sets the kubelet's clock this much off the real one. The file is never shorter: the kubelet has it in its memory.</summary>
    public void SetClock(TimeSpan off)
    {
        using var file = File.Open(ClockFile, FileMode.OpenOrCreate);
        file.Write(BitConverter.GetBytes((long)off.TotalSeconds));
    }

    /// <summary>Whether it is known what is on the machine while it has no pods.</summary>
    public bool IsKnown => _untouched.Count > 0;

    /// <summary>Remembers what is on the machine once the last pod's shim has ended.</summary>
    public async Task RememberAsync()
    {
        var traces = new Traces(Machine);
        await TestCluster.EventuallyAsync("no pod is left", async () => !(_untouched = await traces.ReadAsync()).Any(t => t.Contains("shim", StringComparison.Ordinal) || t.StartsWith("task", StringComparison.Ordinal)), 90);
    }

    /// <summary>Waits until nothing is on the machine that was not there while it had no pods.</summary>
    public async Task UntouchedAsync()
    {
        var (traces, tries) = (new Traces(Machine), 0);
        while (await traces.DifferencesAsync(_untouched) is { Count: > 0 } left)
        {
            Assert.True(tries++ < 180, $"left on the machine:\n{string.Join('\n', left)}\n{Machine.LogTail("kubelet")}");
            await Task.Delay(500);
        }
    }

    /// <summary>Its runtime, as the kubelet sees it.</summary>
    internal CriRuntime Runtime() => new(Machine.Inside(Socket), TimeProvider.System);

    private async Task WriteFilesAsync()
    {
        await using (var pause = File.Create(Machine.PathOf("pause.tar"))) PauseImage.Write(pause);
        var network = Directory.CreateDirectory(Machine.PathOf("net.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(network, "10-machine.conflist"), $$$"""
            {"cniVersion": "1.0.0", "name": "machine", "plugins": [{"type": "bridge", "bridge": "cni0", "isGateway": true,
             "ipam": {"type": "host-local", "dataDir": "{{{Machine.Disk}}}/cni", "ranges": [[{"subnet": "10.88.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
            """);
        await File.WriteAllTextAsync(Machine.PathOf("containerd.toml"), $"""
            version = 2
            root = "{Machine.Disk}/containerd"
            state = "/run/containerd"
            oom_score = 0
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "{PauseImage.Name}"
              restrict_oom_score_adj = true
              disable_apparmor = true
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "{(File.Exists("/usr/lib/cni/bridge") ? "/usr/lib/cni" : "/opt/cni/bin")}"
                conf_dir = "{network}"
            """);
        await File.WriteAllTextAsync(Machine.PathOf("kubelet.yaml"), $$"""
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            containerRuntimeEndpoint: {{Socket}}
            cgroupRoot: /{{Machine.Name}}
            podLogsDir: {{Machine.Disk}}/log
            staticPodPath: {{Machine.Disk}}/manifests
            fileCheckFrequency: 1s
            syncFrequency: 10s
            nodeStatusUpdateFrequency: 1s
            healthzPort: 0
            failSwapOn: false
            failCgroupV1: false
            registerWithTaints: [{ key: machine, value: "true", effect: NoSchedule }]
            evictionHard: { nodefs.available: 40Mi }
            evictionPressureTransitionPeriod: 1s
            crashLoopBackOff: { maxContainerRestartPeriod: 1s }
            authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }
            authorization: { mode: AlwaysAllow }
            """);
        await MakeClockAsync();
    }

    /// <summary>Without a compiler there is no clock to set, and what needs one is skipped.</summary>
    private async Task MakeClockAsync()
    {
        if (!File.Exists("/usr/bin/cc")) return;
        SetClock(TimeSpan.Zero);
        await File.WriteAllTextAsync(Machine.PathOf("clock.c"), """
            #include <fcntl.h>
            #include <stdlib.h>
            #include <sys/mman.h>
            #include <sys/syscall.h>
            #include <time.h>
            #include <unistd.h>
            static volatile long *off;
            __attribute__((constructor)) static void start(void) {
                const char *path = getenv("CLOCK_FILE");
                int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
                if (file < 0) return;
                void *map = mmap(0, sizeof *off, PROT_READ, MAP_SHARED, file, 0);
                if (map != MAP_FAILED) off = map;
                close(file);
            }
            int clock_gettime(clockid_t clock, struct timespec *time) {
                int result = syscall(SYS_clock_gettime, clock, time);
                if (result == 0 && off && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += *off;
                return result;
            }
            """);
        await Shell.RunAsync("cc", ["-shared", "-fPIC", "-O2", "-o", ClockLibrary, Machine.PathOf("clock.c")]);
    }
}
