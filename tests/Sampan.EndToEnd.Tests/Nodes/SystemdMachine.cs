using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Linux;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>
/// A systemd of its own with D-Bus beside it, in groups, mounts and processes of its own: the host's are out of its reach, and its
/// root directory is read-only.
/// </summary>
internal sealed class SystemdMachine : ICommands, IAsyncDisposable
{
    private const string Systemd = "/lib/systemd/systemd";

    /// <summary>Mounts each hierarchy anew, so that its root is the group that this machine is in.</summary>
    private const string Hierarchies = """
        hierarchies=$(cd /sys/fs/cgroup; for group in *; do [ ! -e $group/tasks ] || echo $group; done)
        mount -t tmpfs tmpfs /sys/fs/cgroup
        for group in $hierarchies; do
            mkdir /sys/fs/cgroup/$group
            if [ $group = systemd ]; then options=none,name=systemd; else options=$group; fi
            mount -t cgroup -o $options cgroup /sys/fs/cgroup/$group
        done
        """;

    private static readonly bool IsUnified = File.Exists("/sys/fs/cgroup/cgroup.controllers");
    private readonly string _name = $"sampan-systemd-{Environment.ProcessId}";
    private readonly HostCommands _commands = new(TimeProvider.System);
    private InitProcess? _init;

    /// <summary>Why there can be no such machine here; null when there can.</summary>
    public static string? Unavailable() => new[] { Systemd, "/usr/bin/dbus-daemon", "/usr/bin/busctl" }.FirstOrDefault(file => !File.Exists(file)) is { } missing
        ? $"not installed: {missing}"
        : !IsUnified && !Directory.Exists("/sys/fs/cgroup/systemd") ? "this host has no groups that systemd could have"
        : null;

    public ICgroups Kernel => IsUnified ? new CgroupsV2(Inside("/sys/fs/cgroup")) : new CgroupsV1(Inside("/sys/fs/cgroup"));

    public async Task BootAsync()
    {
        _init = await InitProcess.StartAsync("bash", "-c", Enter());
        await TestCluster.EventuallyAsync("systemd and D-Bus run", async () =>
            (await TryAsync("busctl", "get-property", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "SystemState")).Output.Contains("running", StringComparison.Ordinal), 60);
    }

    /// <summary>A file of a group, by its controller in front where each has a hierarchy of its own.</summary>
    public string Read(string path, string file) =>
        File.ReadAllText(Inside(Path.GetDirectoryName(file) is { Length: > 0 } controller ? $"/sys/fs/cgroup/{controller}{path}/{Path.GetFileName(file)}" : $"/sys/fs/cgroup{path}/{file}")).Trim();

    public async Task<string> RunAsync(string program, params string[] arguments) => (await Shell.RunAsync("nsenter", Inside(program, arguments))).Trim();

    Task<string> ICommands.RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken) =>
        _commands.RunAsync("nsenter", Inside(program, [.. args]), environment, input, limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_init is null) return;
        await _init.EndAsync();
        await TestCluster.EventuallyAsync("its groups are gone", async () =>
        {
            await Shell.TryAsync("find", [.. Groups(), "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]);
            return !Groups().Any();
        }, 60);
    }

    private IEnumerable<string> Groups() => Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Select(h => Path.Combine(h, _name)).Where(Directory.Exists);

    private string Inside(string path) => $"/proc/{_init!.Id}/root{path}";

    private string[] Inside(string program, string[] arguments) => ["--target", $"{_init!.Id}", "--mount", "--pid", "--net", "--ipc", "--uts", "--cgroup", program, .. arguments];

    private Task<ShellResult> TryAsync(string program, params string[] arguments) => Shell.TryAsync("nsenter", Inside(program, arguments));

    /// <summary>Goes into a group of its own in each hierarchy, which is the root of all that systemd sees.</summary>
    private string Enter() => $$"""
        set -e
        cd /sys/fs/cgroup
        {{(IsUnified ? "for controller in $(cat cgroup.controllers); do echo +$controller >cgroup.subtree_control || true; done" : "")}}
        for group in {{(IsUnified ? "." : "$(ls)")}}; do
            [ -e $group/cgroup.procs ] || continue
            mkdir -p $group/{{_name}}
            [ ! -e $group/cpuset.cpus ] || cat $group/cpuset.cpus >$group/{{_name}}/cpuset.cpus
            [ ! -e $group/cpuset.mems ] || cat $group/cpuset.mems >$group/{{_name}}/cpuset.mems
            echo $$ >$group/{{_name}}/cgroup.procs
        done
        cd /
        exec unshare --cgroup --mount --pid --uts --ipc --net --fork --kill-child --mount-proc bash -c '{{Boot()}}'
        """;

    private static string Boot() => $"""
        set -e
        mount -t tmpfs tmpfs /run
        mkdir -p /run/lock /run/dbus /run/systemd/system
        {(IsUnified ? "mount -t cgroup2 cgroup2 /sys/fs/cgroup" : Hierarchies)}
        cd /run/systemd/system
        printf "[Unit]\nDefaultDependencies=no\n[Socket]\nListenStream=/run/dbus/system_bus_socket\n" >dbus.socket
        printf "[Unit]\nDefaultDependencies=no\nRequires=dbus.socket\nAfter=dbus.socket\n[Service]\nType=notify\nExecStart=/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only\n" >dbus.service
        printf "[Unit]\nDefaultDependencies=no\nRequires=dbus.service\nAfter=dbus.service\n" >machine.target
        mount -o remount,bind,ro /
        cd /
        echo up
        exec env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin {Systemd} --system --unit=machine.target --log-target=null --show-status=no
        """;
}
