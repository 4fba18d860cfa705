using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// The part of a volume's way that it goes once for all pods of the node. What a driver may have begun is unstaged some time,
/// what it has refused for good is not. Callers hold the volume's lock.
/// </summary>
internal sealed class CsiStaging(CsiDrivers drivers, CsiRequests requests, CsiPaths paths, ILinux linux, string node)
{
    private const UnixFileMode OwnerAndGroup = (UnixFileMode)0b111_101_000;
    private readonly CsiHoldings _holdings = new(paths);
    private readonly CsiMountPoints _mounts = new(linux);
    private readonly ConcurrentDictionary<string, byte> _staged = new();

    /// <returns>Where it is staged; empty where the driver has no staging.</returns>
    /// <exception cref="RpcException">The driver's failure.</exception>
    public async Task<string> StageAsync(CsiDriverClient driver, Pod pod, CsiVolume volume, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken)
    {
        if (volume.IsEphemeral || !await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken))
        {
            return "";
        }

        var path = paths.StagingPathOf(volume);
        if (_staged.ContainsKey(volume.UniqueName))
        {
            return path;
        }

        var request = new NodeStageVolumeRequest
        {
            VolumeId = volume.Handle,
            StagingTargetPath = path,
            VolumeCapability = await requests.CapabilityAsync(driver, pod, volume, cancellationToken),
            PublishContext = { context.ToDictionary() },
            Secrets = { (await requests.SecretsAsync(volume.StageSecret, cancellationToken)).ToDictionary() },
            VolumeContext = { volume.Attributes.ToDictionary() },
        };
        Directory.CreateDirectory(path, OwnerAndGroup);
        CsiVolumeData.Of(volume, node).Write(paths.StagedData(volume));
        await CallAsync(driver, volume, request, cancellationToken);
        _staged[volume.UniqueName] = 0;
        return path;
    }

    /// <summary>Unstages it wherever it is, also what an earlier kubelet staged.</summary>
    /// <exception cref="VolumeFailure">The driver is not there.</exception>
    public async Task UnstageAsync(CsiVolumeData data, CancellationToken cancellationToken)
    {
        // Should that fail, nobody knows how far it got: the next pod has it staged anew.
        _staged.TryRemove(CsiVolume.UniqueNameOf(data.Driver, data.Handle), out _);
        foreach (var staged in Of(data.Driver, data.Handle))
        {
            var driver = drivers.Get(data.Driver);
            if (await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken))
            {
                await driver.CallAsync(CsiMethods.Unstage, new NodeUnstageVolumeRequest { VolumeId = data.Handle, StagingTargetPath = staged.StagingPath }, cancellationToken);
            }

            Forget(staged);
        }
    }

    private async Task CallAsync(CsiDriverClient driver, CsiVolume volume, NodeStageVolumeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await driver.CallAsync(CsiMethods.Stage, request, cancellationToken);
        }
        catch (RpcException e) when (CsiDriverClient.IsOver(e))
        {
            // Pods that an earlier kubelet gave it to have it still.
            if (!_holdings.IsHeld(volume.Driver, volume.Handle) && !_mounts.IsInUse(request.StagingTargetPath))
            {
                Of(volume.Driver, volume.Handle).ForEach(Forget);
            }

            throw;
        }
    }

    private List<CsiHoldings.Staged> Of(string driver, string handle) =>
        [.. _holdings.AllStaged().Where(s => s.Data.Driver == driver && s.Data.Handle == handle)];

    private void Forget(CsiHoldings.Staged staged)
    {
        _mounts.Remove(staged.StagingPath);
        if (staged.IsBlock && paths.PublishedDevices(Path.GetFileName(staged.Directory)) is var published && Directory.Exists(published))
        {
            Directory.Delete(published);
        }

        Directory.Delete(staged.Directory, recursive: true);
    }
}
