using Microsoft.Win32.SafeHandles;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Real files, but mounts and owners in name only, so that tests need no root.</summary>
internal sealed class FakeLinux : ILinux
{
    private readonly LinuxHost _host = new();

    private readonly Lock _lock = new();
    private readonly List<string> _mounts = [];
    private readonly List<string> _owners = [];
    private readonly List<string> _programs = [];

    public IReadOnlyList<string> Mounts => Copy(_mounts);

    public IReadOnlyList<string> Owners => Copy(_owners);

    /// <summary>What was mounted, as <c>type data</c>.</summary>
    public List<string> MountTypes { get; } = [];

    /// <summary>An option that the kernel does not know; null where it knows all.</summary>
    public string? UnknownOption { get; init; }

    public void Mount(string source, string target, string type, MountFlags flags, string? data)
    {
        if (UnknownOption is { } unknown && data?.Split(',').Contains(unknown) == true) throw new IOException($"mount {source} on {target}: Invalid argument");
        lock (_lock) MountTypes.Add($"{type} {data}");
        Add(_mounts, target);
    }

    public void Unmount(string target)
    {
        lock (_lock) _mounts.Remove(target);
    }

    public IReadOnlyList<string> MountPoints(string under) => [.. Mounts.Where(m => m == under || m.StartsWith(under + "/", StringComparison.Ordinal))];

    public bool IsMountPoint(string path) => Mounts.Contains(path);

    /// <summary>A file server that gives nothing to others.</summary>
    public bool KeepsOwners { get; set; }

    public void ChangeOwner(string path, uint? user, uint? group) => Add(KeepsOwners ? throw new IOException($"chown {path}: Operation not permitted") : _owners, $"{Path.GetFileName(path)} {user}:{group}");

    public Dictionary<string, uint> Groups { get; } = [];

    public uint? GroupOf(string path) => Groups.TryGetValue(path, out var group) ? group : null;

    public void Rename(string from, string to) => _host.Rename(from, to);

    /// <summary>What is said to be at a path; elsewhere it is what is really there.</summary>
    public Dictionary<string, FileKind> Kinds { get; } = [];

    public FileKind KindOf(string path) => Kinds.TryGetValue(path, out var kind) ? kind : _host.KindOf(path);

    public SafeFileHandle OpenBeneath(string root, string path) => _host.OpenBeneath(root, path);

    public void CreateBeneath(string root, string path) => _host.CreateBeneath(root, path);

    /// <summary>What the host's mount was asked for.</summary>
    public IReadOnlyList<string> Programs => Copy(_programs);

    /// <summary>Answers instead of the host's mount; null for an answer at once.</summary>
    public Func<CancellationToken, Task>? OnMount { get; set; }

    public async Task MountByProgramAsync(string source, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        Add(_programs, $"{type} {source} {string.Join(',', options)}");
        await (OnMount?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Add(_mounts, target);
    }

    public FileSystemUsage? Usage { get; init; }

    public FileSystemUsage UsageOf(string path) => Usage ?? _host.UsageOf(path);

    public long DeviceSize { get; init; }

    public long SizeOfDevice(string path) => DeviceSize;

    /// <summary>Volumes are made on threads of their own.</summary>
    private void Add(List<string> list, string item)
    {
        lock (_lock) list.Add(item);
    }

    private List<string> Copy(List<string> list)
    {
        lock (_lock) return [.. list];
    }
}
