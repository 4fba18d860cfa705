using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// The way of a CSI volume into a pod and back. Each step is written down before it is taken, so that what was begun can be
/// undone by a kubelet that knows nothing else.
/// <code>
/// attached ► stage (once a node) ► record in the pod ► publish (once a pod)
/// unpublish ► record removed ► unstage, when no pod wants it
/// </code>
/// </summary>
internal sealed class CsiVolumes(CsiDrivers drivers, CsiRequests requests, CsiAttachments attachments, ICsiApi api, CsiPaths paths, ILinux linux)
{
    private const string MountDevice = "MountVolume.MountDevice";
    private const UnixFileMode OwnerAndGroup = (UnixFileMode)0b111_101_000;
    private readonly CsiHoldings _holdings = new(paths);
    private readonly CsiMountPoints _mounts = new(linux);
    private readonly CsiStaging _staging = new(drivers, requests, paths, linux, api.NodeName);
    private readonly KeyedLock _locks = new();
    private readonly ConcurrentDictionary<(string Uid, string Spec), byte> _published = new();
    private readonly ConcurrentDictionary<(string Uid, string Spec), CsiVolume> _wanted = new();

    /// <summary>Tells which attached volumes were mounted before this kubelet was started.</summary>
    public void Restore() => attachments.Restore(_holdings.All().Select(h => h.Data).Concat(_holdings.AllStaged().Select(s => s.Data)));

    /// <returns>Where the volume is for the pod: a directory, or a device.</returns>
    /// <exception cref="VolumeFailure">Why it cannot be had.</exception>
    public async Task<string> SetUpAsync(Pod pod, CsiVolume volume, CancellationToken cancellationToken)
    {
        var uid = pod.Metadata.Uid;
        var target = paths.PublishPathOf(volume, uid);
        if (IsPublished(uid, volume, target) && api.Driver(volume.Driver)?.Spec.RequiresRepublish != true)
        {
            return target;
        }

        RequireMode(volume);
        var driver = drivers.Get(volume.Driver);
        _wanted[(uid, volume.SpecName)] = volume;
        var context = await AttachAsync(volume, cancellationToken);
        using (await _locks.EnterAsync(volume.UniqueName, cancellationToken))
        {
            var staging = await Failing(MountDevice, () => _staging.StageAsync(driver, pod, volume, context, cancellationToken));
            await Failing("MountVolume.SetUp", () => PublishAsync(driver, pod, volume, context, staging, target, cancellationToken));
        }

        await ApplyGroupAsync(driver, pod, volume, target, cancellationToken);
        _published[(uid, volume.SpecName)] = 0;
        return target;
    }

    /// <summary>Gives back all that a pod holds; one that fails does not keep the others.</summary>
    /// <exception cref="VolumeFailure">A driver is not there, or refuses.</exception>
    public async Task TearDownAsync(string uid, CancellationToken cancellationToken)
    {
        VolumeFailure? failure = null;
        foreach (var held in _holdings.Of(uid).ToList())
        {
            try
            {
                await UnpublishAsync(held, cancellationToken);
            }
            catch (Exception e) when (e is VolumeFailure or RpcException or IOException)
            {
                failure = new VolumeFailure($"UnmountVolume.TearDown failed for volume \"{held.SpecName}\" : {e.Message}", e);
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        // What never got further than waiting to be attached, or staged.
        foreach (var (key, volume) in _wanted.Where(w => w.Key.Uid == uid))
        {
            _wanted.TryRemove(key, out _);
            await TryUnstageAsync(CsiVolumeData.Of(volume, api.NodeName), cancellationToken);
        }
    }

    /// <summary>Unstages what no pod wants: a driver refused it, or a kubelet ended between the steps.</summary>
    /// <exception cref="VolumeFailure">What of that failed.</exception>
    public async Task UnstageUnusedAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var used = _holdings.All().Select(h => (h.Data.Driver, h.Data.Handle)).Concat(_wanted.Values.Select(v => (v.Driver, v.Handle))).ToHashSet();
        foreach (var staged in _holdings.AllStaged().Where(s => !used.Contains((s.Data.Driver, s.Data.Handle)) && drivers.Find(s.Data.Driver) is not null).ToList())
        {
            if (await TryUnstageAsync(staged.Data, cancellationToken) is { } failure)
            {
                failures.Add($"UnmountDevice failed for volume \"{staged.Data.SpecName}\" : {failure.Message}");
            }
        }

        if (failures.Count > 0)
        {
            throw new VolumeFailure(string.Join("; ", failures));
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> AttachAsync(CsiVolume volume, CancellationToken cancellationToken)
    {
        try
        {
            return await attachments.WaitAsync(volume, cancellationToken);
        }
        catch (VolumeFailure e) when (e.IsBeyondLimit)
        {
            // Nobody waits for the answer: the pod goes in any case.
            _ = drivers.RefreshAsync(volume.Driver, CancellationToken.None);
            throw;
        }
    }

    private bool IsPublished(string uid, CsiVolume volume, string target) =>
        _published.ContainsKey((uid, volume.SpecName)) && (File.Exists(target) || Directory.Exists(target));

    private void RequireMode(CsiVolume volume)
    {
        var driver = api.Driver(volume.Driver);
        if (driver is null && volume.IsEphemeral)
        {
            throw new VolumeFailure($"volume mode \"Ephemeral\" not supported by driver {volume.Driver} (no CSIDriver object)");
        }

        if (driver?.Spec.VolumeLifecycleModes is { Count: > 0 } modes && !modes.Contains(volume.LifecycleMode))
        {
            throw new VolumeFailure($"volume mode \"{volume.LifecycleMode}\" not supported by driver {volume.Driver} (only supports [{string.Join(' ', modes.Select(m => $"\"{m}\""))}])");
        }
    }

    private void Record(string uid, CsiVolume volume)
    {
        var data = CsiVolumeData.Of(volume, api.NodeName);
        if (!volume.IsBlock)
        {
            data.Write(paths.PodVolume(uid, volume.SpecName));
            return;
        }

        data.Write(paths.StagedData(volume));
        Directory.CreateDirectory(paths.PodDevices(uid));
        var link = paths.PodDevice(uid, volume.SpecName);
        if (new FileInfo(link).LinkTarget is null)
        {
            File.CreateSymbolicLink(link, paths.PublishedDevice(volume.SpecName, uid));
        }
    }

    private async Task<NodePublishVolumeResponse> PublishAsync(
        CsiDriverClient driver, Pod pod, CsiVolume volume, IReadOnlyDictionary<string, string> context, string staging, string target, CancellationToken cancellationToken)
    {
        var request = new NodePublishVolumeRequest
        {
            VolumeId = volume.Handle,
            StagingTargetPath = staging,
            TargetPath = target,
            Readonly = volume.IsReadOnly,
            VolumeCapability = await requests.CapabilityAsync(driver, pod, volume, cancellationToken),
            PublishContext = { context.ToDictionary() },
            Secrets = { (await requests.SecretsAsync(volume.PublishSecret, cancellationToken)).ToDictionary() },
            VolumeContext = { volume.Attributes.ToDictionary() },
        };
        await requests.AddPodAsync(request, pod, volume, cancellationToken);
        var uid = pod.Metadata.Uid;
        Record(uid, volume);

        // The directory above is the kubelet's to make, the path itself the driver's.
        Directory.CreateDirectory(Path.GetDirectoryName(target)!, OwnerAndGroup);
        try
        {
            return await driver.CallAsync(CsiMethods.Publish, request, cancellationToken);
        }
        catch (RpcException e) when (CsiDriverClient.IsOver(e) && !_mounts.IsInUse(target))
        {
            Forget(uid, volume.SpecName, volume.IsBlock);
            throw;
        }
    }

    private async Task ApplyGroupAsync(CsiDriverClient driver, Pod pod, CsiVolume volume, string target, CancellationToken cancellationToken)
    {
        if (volume.IsBlock || volume.IsReadOnly || !TakesGroup(volume) || await driver.CanAsync(Capability.VolumeMountGroup, cancellationToken))
        {
            return;
        }

        // A file system that hangs must not keep a thread that others wait for.
        await Task.Run(() => Ownership.Apply(linux, target, pod.Spec.SecurityContext, readOnly: false), cancellationToken);
    }

    private bool TakesGroup(CsiVolume volume) => api.Driver(volume.Driver)?.Spec.FsGroupPolicy switch
    {
        "None" => false,
        "File" => true,
        _ => volume.FsType.Length > 0 && (volume.IsEphemeral || volume.AccessModes.Any(m => m is "ReadWriteOnce" or "ReadWriteOncePod")),
    };

    private async Task UnpublishAsync(CsiHoldings.Held held, CancellationToken cancellationToken)
    {
        var target = held.IsBlock ? paths.PublishedDevice(held.SpecName, held.Uid) : paths.PodMount(held.Uid, held.SpecName);
        var driver = drivers.Get(held.Data.Driver);
        await driver.CallAsync(CsiMethods.Unpublish, new NodeUnpublishVolumeRequest { VolumeId = held.Data.Handle, TargetPath = target }, cancellationToken);
        _published.TryRemove((held.Uid, held.SpecName), out _);
        _wanted.TryRemove((held.Uid, held.SpecName), out _);
        _mounts.Remove(target);
        Forget(held.Uid, held.SpecName, held.IsBlock);
        await TryUnstageAsync(held.Data, cancellationToken);
    }

    /// <summary>Nothing is published to the pod.</summary>
    private void Forget(string uid, string spec, bool isBlock)
    {
        if (isBlock)
        {
            File.Delete(paths.PodDevice(uid, spec));
        }
        else
        {
            Directory.Delete(paths.PodVolume(uid, spec), recursive: true);
        }
    }

    /// <returns>What failed: that is no pod's business any more, and tried again by <see cref="UnstageUnusedAsync"/>.</returns>
    private async Task<Exception?> TryUnstageAsync(CsiVolumeData data, CancellationToken cancellationToken)
    {
        try
        {
            await UnstageAsync(data, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is VolumeFailure or RpcException or IOException)
        {
            return e;
        }
    }

    private async Task UnstageAsync(CsiVolumeData data, CancellationToken cancellationToken)
    {
        if (data.IsEphemeral)
        {
            return;
        }

        using (await _locks.EnterAsync(CsiVolume.UniqueNameOf(data.Driver, data.Handle), cancellationToken))
        {
            if (IsUsed(data.Driver, data.Handle))
            {
                return;
            }

            await _staging.UnstageAsync(data, cancellationToken);
        }

        if (!IsUsed(data.Driver, data.Handle))
        {
            attachments.Release(data.Driver, data.Handle);
        }
    }

    /// <summary>Whether a pod has it, or is on the way to it.</summary>
    private bool IsUsed(string driver, string handle) => _wanted.Values.Any(v => v.Driver == driver && v.Handle == handle) || _holdings.IsHeld(driver, handle);

    private static async Task<T> Failing<T>(string operation, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is RpcException or VolumeFailure { Operation: null })
        {
            throw new VolumeFailure(e.Message, e) { Operation = operation };
        }
    }
}
