using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>Makes the mounted file system on a block device as large as the device, by the host's programs.</summary>
/// <remarks>Upstream: k8s.io/mount-utils, ResizeFs.</remarks>
internal sealed class DeviceGrower(ICommands commands, DeviceFormatter formatter)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <param name="device">The block device.</param>
    /// <param name="mounted">Where its file system is mounted.</param>
    /// <param name="cancellationToken">Ends the programs.</param>
    /// <exception cref="IOException">What one of the host's programs said.</exception>
    public async Task GrowAsync(string device, string mounted, CancellationToken cancellationToken)
    {
        switch (await formatter.FormatOfAsync(device, cancellationToken))
        {
            case null:
                return;
            case "ext3" or "ext4":
                await RunAsync(device, "resize2fs", [device], cancellationToken);
                return;
            case "xfs":
                await RunAsync(device, "xfs_growfs", ["-d", mounted], cancellationToken);
                return;
            case "btrfs":
                await RunAsync(device, "btrfs", ["filesystem", "resize", "max", mounted], cancellationToken);
                return;
            case var format:
                throw new IOException($"ResizeFS.Resize - resize of format {format} is not supported for device {device} mounted at {mounted}");
        }
    }

    private async Task RunAsync(string device, string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            await commands.RunAsync(program, arguments, NoEnvironment, "", Limit, cancellationToken);
        }
        catch (CommandFailure e)
        {
            throw new IOException($"resize of device {device} failed: {e.Message}. {program} output: {e.Output}", e);
        }
    }
}
