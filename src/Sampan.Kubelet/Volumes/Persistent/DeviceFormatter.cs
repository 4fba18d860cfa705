using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// Mounts the file system on a block device, and makes it first on a device that holds nothing:
/// <code>
/// nothing      ► mkfs.TYPE ► mount
/// file system  ► fsck      ► mount
/// partitions   ►             mount, which fails: nobody's data is written over
/// </code>
/// What is mounted read-only is neither made nor repaired.
/// </summary>
/// <remarks>Upstream: k8s.io/mount-utils, SafeFormatAndMount.</remarks>
internal sealed class DeviceFormatter(ICommands commands, ILinux linux)
{
    private const int NothingFound = 2;
    private const int ErrorsLeft = 4;
    private const string Partitions = "unknown data, probably partitions";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <param name="device">The block device.</param>
    /// <param name="target">An empty directory.</param>
    /// <param name="type">Of the file system, where one has to be made.</param>
    /// <param name="options">Of the mount.</param>
    /// <param name="cancellationToken">Ends the programs.</param>
    /// <exception cref="IOException">What one of the host's programs said.</exception>
    public async Task MountAsync(string device, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var isReadOnly = options.Contains("ro");
        if (await FormatOfAsync(device, cancellationToken) is null)
        {
            await FormatAsync(device, type, isReadOnly, cancellationToken);
        }
        else if (!isReadOnly)
        {
            await RepairAsync(device, cancellationToken);
        }

        await linux.MountByProgramAsync(device, target, type, [.. options, "defaults"], cancellationToken);
    }

    /// <returns>Null for a device that holds nothing.</returns>
    public async Task<string?> FormatOfAsync(string device, CancellationToken cancellationToken)
    {
        try
        {
            var found = await RunAsync("blkid", ["-p", "-s", "TYPE", "-s", "PTTYPE", "-o", "export", device], cancellationToken);
            var fields = found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(f => f[0], f => f[^1]);
            return fields.ContainsKey("PTTYPE") ? Partitions : fields.GetValueOrDefault("TYPE");
        }
        catch (CommandFailure e) when (e.ExitCode == NothingFound)
        {
            return null;
        }
        catch (CommandFailure e)
        {
            throw new IOException($"failed to get disk format of disk {device}: {e.Message}", e);
        }
    }

    private async Task FormatAsync(string device, string type, bool isReadOnly, CancellationToken cancellationToken)
    {
        if (isReadOnly)
        {
            throw new IOException($"cannot mount unformatted disk {device} as we are manipulating it in read-only mode");
        }

        try
        {
            await RunAsync($"mkfs.{type}", [.. OptionsOf(type), device], cancellationToken);
        }
        catch (CommandFailure e)
        {
            throw new IOException($"format of disk \"{device}\" failed: type:(\"{type}\") errcode:({e.Message}) output:({e.Output})", e);
        }
    }

    /// <summary>Without questions; nothing of a volume is set aside for root.</summary>
    private static string[] OptionsOf(string type) => type switch
    {
        "ext3" or "ext4" => ["-F", "-m0"],
        "xfs" => ["-f"],
        _ => [],
    };

    /// <summary>Where the host cannot look, the mount will tell.</summary>
    private async Task RepairAsync(string device, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("fsck", ["-a", device], cancellationToken);
        }
        catch (CommandFailure e) when (e.ExitCode == ErrorsLeft)
        {
            throw new IOException($"'fsck' found errors on device {device} but could not correct them: {e.Output}", e);
        }
        catch (CommandFailure e) when (e.ExitCode is not null || e.IsMissing)
        {
            // It mended what it found, or knows nothing of such file systems.
        }
    }

    private Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        commands.RunAsync(program, arguments, NoEnvironment, "", Limit, cancellationToken);
}
