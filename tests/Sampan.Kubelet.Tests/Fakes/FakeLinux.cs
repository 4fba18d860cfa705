using Microsoft.Win32.SafeHandles;
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

    public SafeFileHandle OpenBeneath(string root, string path) => _host.OpenBeneath(root, path);

    public void CreateBeneath(string root, string path) => _host.CreateBeneath(root, path);

    /// <summary>What the host's mount was asked for.</summary>
    public List<string> Programs { get; } = [];

    /// <summary>Answers instead of the host's mount; null for an answer at once.</summary>
    public Func<CancellationToken, Task>? OnMount { get; set; }

    public async Task MountByProgramAsync(string source, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        Programs.Add($"{type} {source} {string.Join(',', options)}");
        await (OnMount?.Invoke(cancellationToken) ?? Task.CompletedTask);
        Mounts.Add(target);
    }

    public FileSystemUsage? Usage { get; init; }

    public FileSystemUsage UsageOf(string path) => Usage ?? _host.UsageOf(path);
}
