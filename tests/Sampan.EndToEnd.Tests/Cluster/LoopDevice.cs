namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>A block device of this host that is a file.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    private LoopDevice(DirectoryInfo directory, string path) => (_directory, Path) = (directory, path);

    public string Path { get; }

    /// <returns>Null where the host has none to give.</returns>
    public static async Task<LoopDevice?> TryCreateAsync(long size)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-loop-");
        var file = System.IO.Path.Combine(directory.FullName, "disk");
        using (var disk = File.Create(file)) disk.SetLength(size);
        var made = File.Exists("/dev/loop-control") ? await Shell.TryAsync("losetup", ["--find", "--show", file]) : null;
        if (made is { ExitCode: 0 }) return new(directory, made.Output.Trim());
        directory.Delete(recursive: true);
        return null;
    }

    /// <summary>A device that is still mounted somewhere goes with that mount.</summary>
    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("losetup", ["--detach", Path]);
        _directory.Delete(recursive: true);
    }
}
