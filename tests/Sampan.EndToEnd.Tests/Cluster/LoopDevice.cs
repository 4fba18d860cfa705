namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>A block device of this host that is a file.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    private LoopDevice(DirectoryInfo directory, string path) => (_directory, Path) = (directory, path);

    public string Path { get; }

    /// <summary>Why a node could not make a file system on one; null where it can.</summary>
    public static string? Unavailable()
    {
        if (!File.Exists("/dev/loop-control")) return "this host has no loop devices";
        if (!File.ReadLines("/proc/filesystems").Any(line => line.EndsWith("\text4", StringComparison.Ordinal))) return "this kernel has no ext4";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return new[] { "losetup", "blkid", "fsck", "mkfs.ext4", "resize2fs" }.FirstOrDefault(program => !folders.Any(folder => File.Exists(System.IO.Path.Combine(folder, program)))) is { } missing
            ? $"this host has no {missing}"
            : null;
    }

    /// <summary>Whether this host may make a mounted file system larger: CAP_SYS_RESOURCE, which containers often lack.</summary>
    public static bool CanGrowWhileMounted()
    {
        var effective = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))["CapEff:".Length..];
        return (Convert.ToUInt64(effective.Trim(), 16) & (1UL << 24)) != 0;
    }

    /// <returns>Null where the host has none to give.</returns>
    public static async Task<LoopDevice?> TryCreateAsync(long size)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-loop-");
        var file = System.IO.Path.Combine(directory.FullName, "disk");
        using (var disk = File.Create(file)) disk.SetLength(size);
        var made = await Shell.TryAsync("losetup", ["--find", "--show", file]);
        if (made.ExitCode == 0) return new(directory, made.Output.Trim());
        directory.Delete(recursive: true);
        return null;
    }

    /// <summary>The device becomes larger; what lies on it does not notice.</summary>
    public async Task GrowAsync(long size)
    {
        using (var disk = File.OpenWrite(System.IO.Path.Combine(_directory.FullName, "disk"))) disk.SetLength(size);
        await Shell.RunAsync("losetup", ["--set-capacity", Path]);
    }

    /// <summary>A device that is still mounted somewhere goes with that mount.</summary>
    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("losetup", ["--detach", Path]);
        _directory.Delete(recursive: true);
    }
}
