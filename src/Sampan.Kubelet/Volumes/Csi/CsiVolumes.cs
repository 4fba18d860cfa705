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
/// attached ► record in the pod ► stage (once a node) ► publish (once a pod)
/// unpublish ► record removed ► unstage, when no pod holds it
/// </code>
/// </summary>
internal sealed class CsiVolumes(CsiDrivers drivers, CsiRequests requests, CsiAttachments attachments, ICsiApi api, CsiPaths paths, ILinux linux)
{
    private const string MountDevice = "MountVolume.MountDevice";
    private const UnixFileMode OwnerAndGroup = (UnixFileMode)0b111_101_000;
    private readonly CsiHoldings _holdings = new(paths);
    private readonly KeyedLock _locks = new();
    private readonly ConcurrentDictionary<string, byte> _staged = new();
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
        var context = await attachments.WaitAsync(volume, cancellationToken);
        using (await _locks.EnterAsync(volume.UniqueName, cancellationToken))
        {
            Record(uid, volume);
            var staging = await StageAsync(driver, pod, volume, context, cancellationToken);
            await PublishAsync(driver, pod, volume, context, staging, target, cancellationToken);
        }

        await ApplyGroupAsync(driver, pod, volume, target, cancellationToken);
        _published[(uid, volume.SpecName)] = 0;
        return target;
    }

    /// <summary>Gives back all that a pod holds; one that fails does not keep the others.</summary>
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

        // What never got further than waiting to be attached.
        foreach (var (key, volume) in _wanted.Where(w => w.Key.Uid == uid))
        {
            _wanted.TryRemove(key, out _);
            ReleaseUnlessUsed(volume.Driver, volume.Handle);
        }
    }

    /// <summary>Unstages what no pod holds: a kubelet may have ended between the steps.</summary>
    /// <exception cref="VolumeFailure">A driver is not there, or refuses.</exception>
    public async Task UnstageUnusedAsync(CancellationToken cancellationToken)
    {
        var held = _holdings.All().Select(h => (h.Data.Driver, h.Data.Handle)).ToHashSet();
        foreach (var staged in _holdings.AllStaged().Where(s => !held.Contains((s.Data.Driver, s.Data.Handle)) && drivers.Find(s.Data.Driver) is not null).ToList())
        {
            await UnstageAsync(staged.Data, cancellationToken);
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

        data.Write(paths.DeviceData(volume.SpecName));
        Directory.CreateDirectory(paths.PodDevices(uid));
        var link = paths.PodDevice(uid, volume.SpecName);
        if (new FileInfo(link).LinkTarget is null)
        {
            File.CreateSymbolicLink(link, paths.PublishedDevice(volume.SpecName, uid));
        }
    }

    /// <returns>Where it is staged; empty where the driver has no staging.</returns>
    private async Task<string> StageAsync(CsiDriverClient driver, Pod pod, CsiVolume volume, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken)
    {
        return volume.IsEphemeral ? "" : await Failing(MountDevice, async () =>
        {
            if (!await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken))
            {
                return "";
            }

            var path = paths.StagingPathOf(volume);
            if (_staged.ContainsKey(volume.UniqueName))
            {
                return path;
            }

            Directory.CreateDirectory(path, OwnerAndGroup);
            if (!volume.IsBlock)
            {
                CsiVolumeData.Of(volume, api.NodeName).Write(paths.Staged(volume.Driver, volume.Handle));
            }

            await driver.CallAsync(CsiMethods.Stage, new NodeStageVolumeRequest
            {
                VolumeId = volume.Handle,
                StagingTargetPath = path,
                VolumeCapability = await requests.CapabilityAsync(driver, pod, volume, cancellationToken),
                PublishContext = { Map(context) },
                Secrets = { Map(await requests.SecretsAsync(volume.StageSecret, cancellationToken)) },
                VolumeContext = { Map(volume.Attributes) },
            }, cancellationToken);
            _staged[volume.UniqueName] = 0;
            return path;
        });
    }

    private async Task PublishAsync(
        CsiDriverClient driver, Pod pod, CsiVolume volume, IReadOnlyDictionary<string, string> context, string staging, string target, CancellationToken cancellationToken)
    {
        await Failing("MountVolume.SetUp", async () =>
        {
            // The directory above is the kubelet's to make, the path itself the driver's.
            Directory.CreateDirectory(Path.GetDirectoryName(target)!, OwnerAndGroup);
            var request = new NodePublishVolumeRequest
            {
                VolumeId = volume.Handle,
                StagingTargetPath = staging,
                TargetPath = target,
                Readonly = volume.IsReadOnly,
                VolumeCapability = await requests.CapabilityAsync(driver, pod, volume, cancellationToken),
                PublishContext = { Map(context) },
                Secrets = { Map(await requests.SecretsAsync(volume.PublishSecret, cancellationToken)) },
                VolumeContext = { Map(volume.Attributes) },
            };
            await requests.AddPodAsync(request, pod, volume, cancellationToken);
            return await driver.CallAsync(CsiMethods.Publish, request, cancellationToken);
        });
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
        RemoveMountPoint(target);
        if (held.IsBlock)
        {
            File.Delete(paths.PodDevice(held.Uid, held.SpecName));
        }
        else
        {
            Directory.Delete(paths.PodVolume(held.Uid, held.SpecName), recursive: true);
        }

        await UnstageAsync(held.Data, cancellationToken);
    }

    private async Task UnstageAsync(CsiVolumeData data, CancellationToken cancellationToken)
    {
        if (data.LifecycleMode == "Ephemeral")
        {
            return;
        }

        var name = CsiVolume.UniqueNameOf(data.Driver, data.Handle);
        using (await _locks.EnterAsync(name, cancellationToken))
        {
            if (_holdings.IsHeld(data.Driver, data.Handle))
            {
                return;
            }

            foreach (var staged in _holdings.AllStaged().Where(s => s.Data.Driver == data.Driver && s.Data.Handle == data.Handle).ToList())
            {
                await UnstageAsync(staged, cancellationToken);
            }

            _staged.TryRemove(name, out _);
        }

        ReleaseUnlessUsed(data.Driver, data.Handle);
    }

    private void ReleaseUnlessUsed(string driver, string handle)
    {
        if (!_wanted.Values.Any(v => v.Driver == driver && v.Handle == handle) && !_holdings.IsHeld(driver, handle))
        {
            attachments.Release(driver, handle);
        }
    }

    private async Task UnstageAsync(CsiHoldings.Staged staged, CancellationToken cancellationToken)
    {
        var driver = drivers.Get(staged.Data.Driver);
        if (await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken))
        {
            await driver.CallAsync(CsiMethods.Unstage, new NodeUnstageVolumeRequest { VolumeId = staged.Data.Handle, StagingTargetPath = staged.StagingPath }, cancellationToken);
        }

        RemoveMountPoint(staged.StagingPath);
        if (staged.IsBlock && paths.PublishedDevices(Path.GetFileName(staged.Directory)) is var published && Directory.Exists(published))
        {
            Directory.Delete(published);
        }

        Directory.Delete(staged.Directory, recursive: true);
    }

    /// <summary>Deleting what is still mounted would delete the volume's own content.</summary>
    private void RemoveMountPoint(string path)
    {
        foreach (var mount in linux.MountPoints(path))
        {
            linux.Unmount(mount);
        }

        if (linux.MountPoints(path) is [var left, ..])
        {
            throw new IOException($"{left} is still mounted");
        }

        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
    }

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

    private static Dictionary<string, string> Map(IReadOnlyDictionary<string, string> map) => new(map);
}
