using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>
/// A machine that can be switched off: a network, mounts and processes of its own, with an init whose death takes all processes and
/// mounts along. Its disk, a file with a file system, survives as a real one would.
/// </summary>
internal sealed class Machine : IAsyncDisposable
{
    public const string Address = "198.51.100.2";
    private const string OtherEnd = "198.51.100.1";
    private const string Link = "machine";
    private readonly HostNamespace _cluster;
    private readonly string _folder;
    private InitProcess? _init;

    private Machine(HostNamespace cluster, string name) => (_cluster, Name, _folder) = (cluster, name, Path.Combine(Path.GetTempPath(), name));

    public string Name { get; }

    /// <summary>Where the disk is mounted; only the machine's own processes see it.</summary>
    public string Disk => Path.Combine(_folder, "disk");

    /// <summary>The id of its first process, as this test sees it; it has one while it is on.</summary>
    public int Init => _init!.Id;

    /// <summary>Why there can be no such machine here; null when there can.</summary>
    public static string? Unavailable() =>
        !File.Exists("/dev/loop-control") ? "this kernel has no loop devices"
        : !File.Exists("/usr/sbin/mkfs.ext4") ? "not installed: mkfs.ext4"
        : null;

    /// <summary>Makes a machine beside the cluster's host, which it reaches by its default route. It is off.</summary>
    public static async Task<Machine> CreateAsync(HostNamespace cluster, string name)
    {
        var machine = new Machine(cluster, name);
        Directory.CreateDirectory(machine.Disk);
        await Shell.RunAsync("truncate", ["-s", "256M", machine.PathOf("disk.img")]);
        await Shell.RunAsync("mkfs.ext4", ["-q", "-m", "0", machine.PathOf("disk.img")]);
        await Shell.RunAsync("ip", ["netns", "add", name]);
        await cluster.RunAsync("ip", "link", "add", Link, "type", "veth", "peer", "name", "eth0", "netns", name);
        await cluster.RunAsync("ip", "address", "add", $"{OtherEnd}/30", "dev", Link);
        await machine.ConnectAsync();
        foreach (var command in new[] { "link set lo up", $"address add {Address}/30 dev eth0", "link set eth0 up", $"route add default via {OtherEnd}" })
            await Shell.RunAsync("nsenter", [$"--net=/run/netns/{name}", "ip", .. command.Split(' ')]);
        return machine;
    }

    /// <summary>A file beside the disk, which does not fill with it.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>How this test opens a file of the machine's.</summary>
    public string Inside(string path) => $"/proc/{Init}/root{path}";

    /// <summary>What others have mounted for containers of theirs is not of this machine; what they remove meanwhile is gone here too.</summary>
    public async Task BootAsync()
    {
        await File.WriteAllTextAsync(PathOf("boot_id"), Guid.NewGuid() + "\n");
        var init = $"""
            set -e
            cut -d' ' -f5 /proc/self/mountinfo | grep -E '^/(run|tmp)/' | tac | xargs -r -n 1 umount -l || true
            mount -t tmpfs tmpfs /run
            mkdir /run/netns
            mount -o loop {PathOf("disk.img")} {Disk}
            mount --bind {PathOf("boot_id")} /proc/sys/kernel/random/boot_id
            echo up
            trap : TERM
            while :; do sleep 3600 & wait $!; done
            """;
        _init = await InitProcess.StartAsync(
            "nsenter", $"--net=/run/netns/{Name}", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", init);
    }

    /// <summary>The power fails. What the kernel forgets with it goes too: the groups and the links.</summary>
    public async Task PowerOffAsync()
    {
        if (_init is null) return;
        await _init.EndAsync();
        _init = null;
        await Shell.TryAsync("nsenter", [$"--net=/run/netns/{Name}", "ip", "link", "delete", "cni0"]);
        await TestCluster.EventuallyAsync("its groups are empty", () => Task.FromResult(TryRemoveGroups()), 90);
    }

    /// <summary>Its link to the cluster.</summary>
    public Task ConnectAsync() => _cluster.RunAsync("ip", "link", "set", Link, "up");

    public Task DisconnectAsync() => _cluster.RunAsync("ip", "link", "set", Link, "down");

    public Task<string> RunAsync(string program, params string[] arguments) => Shell.RunAsync("nsenter", Enter(program, arguments));

    public Task<ShellResult> TryAsync(string program, params string[] arguments) => Shell.TryAsync("nsenter", Enter(program, arguments));

    /// <summary>Starts a program that stays, with its output in <c>NAME.log</c> and its process id in <c>/run/NAME.pid</c>.</summary>
    public void Start(string name, params string[] command)
    {
        var script = $"echo $$ >/run/{name}.pid; exec setsid \"$@\" </dev/null >>{PathOf(name + ".log")} 2>&1";
        using var process = Shell.Start("nsenter", Enter("sh", ["-c", script, "sh", .. command]));
    }

    public Task KillAsync(string name) => RunAsync("sh", "-c", $"kill -9 $(cat /run/{name}.pid); while kill -0 $(cat /run/{name}.pid) 2>/dev/null; do sleep 0.05; done");

    public string LogTail(string name) => File.Exists(PathOf(name + ".log")) ? string.Join('\n', File.ReadLines(PathOf(name + ".log")).TakeLast(30)) : "";

    public async ValueTask DisposeAsync()
    {
        await PowerOffAsync();
        await _cluster.TryAsync("ip", "link", "delete", Link);
        await Shell.TryAsync("ip", ["netns", "delete", Name]);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The folders of its groups, in every hierarchy.</summary>
    public IEnumerable<string> Groups() => Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Select(h => Path.Combine(h, Name)).Where(Directory.Exists);

    private bool TryRemoveGroups()
    {
        try
        {
            foreach (var folder in Groups().SelectMany(g => Directory.EnumerateDirectories(g, "*", SearchOption.AllDirectories).Append(g)).OrderByDescending(f => f.Length).ToList())
                Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;       // the last processes are just ending
        }
    }

    private string[] Enter(string program, string[] arguments) => [$"--target={Init}", "--net", "--mount", "--pid", program, .. arguments];
}
