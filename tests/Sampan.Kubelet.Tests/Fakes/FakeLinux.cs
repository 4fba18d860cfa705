using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Real files, but mounts and owners in name only, so that tests need no root.</summary>
internal sealed class FakeLinux : ILinux
{
    private readonly LinuxHost _host = new();

    public List<string> Mounts { get; } = [];

    public List<string> Owners { get; } = [];

    public void Mount(string source, string target, string type, MountFlags flags, string? data) => Mounts.Add(target);

    public void Unmount(string target) => Mounts.Remove(target);

    public IReadOnlyList<string> MountPoints(string under) => [.. Mounts.Where(m => m == under || m.StartsWith(under + "/", StringComparison.Ordinal))];

    public void ChangeOwner(string path, uint? user, uint? group) => Owners.Add($"{Path.GetFileName(path)} {user}:{group}");

    public Dictionary<string, uint> Groups { get; } = [];

    public uint? GroupOf(string path) => Groups.TryGetValue(path, out var group) ? group : null;

    public void Rename(string from, string to) => _host.Rename(from, to);

    public FileKind KindOf(string path) => _host.KindOf(path);

    public FileSystemUsage? Usage { get; init; }

    public FileSystemUsage UsageOf(string path) => Usage ?? _host.UsageOf(path);
}
