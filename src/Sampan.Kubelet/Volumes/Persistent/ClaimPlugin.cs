using System.Collections.Concurrent;
using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// Volumes by claim: the pod names a claim, or gets one of its own (ephemeral), the claim is bound to a persistent volume, and
/// that is of some kind.
/// </summary>
/// <param name="objects">Claims and volumes.</param>
/// <param name="kinds">Of persistent volumes.</param>
/// <param name="users">Who has what only one pod may have.</param>
/// <param name="node">This node as it was last heard of; null before that.</param>
internal sealed class ClaimPlugin(IPodObjects objects, IReadOnlyList<IPersistentVolumePlugin> kinds, SoleUsers users, Func<Node?> node) : IVolumePlugin
{
    private const string ProtectionFinalizer = "kubernetes.io/pvc-protection";
    private const string Bound = "Bound";
    private const string Block = "Block";
    private const string Filesystem = "Filesystem";

    /// <summary>On a persistent volume: the group that its files belong to.</summary>
    private const string GroupAnnotation = "pv.beta.kubernetes.io/gid";
    private readonly ConcurrentDictionary<(string Uid, string Volume), long> _groups = new();
    private readonly ConcurrentDictionary<(string Uid, string Volume), string> _kinds = new();

    public string Name => "kubernetes.io/persistent-volume-claim";

    public bool Supports(Volume volume) => volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null;

    public bool IsReadOnly(Volume volume) => volume.PersistentVolumeClaim?.ReadOnly == true;

    public async Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var claim = await ClaimAsync(pod, volume, cancellationToken);
        var found = await VolumeAsync(claim, cancellationToken);
        var name = found.Metadata.Name;
        CheckMode(pod, volume, found);
        CheckPlace(found);
        var kind = KindFor(found);
        _kinds[(pod.Metadata.Uid, volume.Name)] = kind.KindOf(found);
        users.Take(found, pod.Metadata.Uid);
        try
        {
            var path = await kind.SetUpAsync(pod, new(found, claim, IsReadOnly(volume)), cancellationToken);
            if (long.TryParse(found.Metadata.Annotations.OrEmpty().GetValueOrDefault(GroupAnnotation), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group))
            {
                _groups[(pod.Metadata.Uid, volume.Name)] = group;
            }

            return path;
        }
        catch (VolumeFailure e)
        {
            users.Release(found, pod.Metadata.Uid);
            throw new VolumeFailure(e.Message, e) { Operation = e.Operation, Volume = name, IsBeyondLimit = e.IsBeyondLimit };
        }
    }

    public string? KindOf(string podUid, Volume volume) => _kinds.GetValueOrDefault((podUid, volume.Name));

    public long? GroupOf(string podUid, string volume) => _groups.TryGetValue((podUid, volume), out var group) ? group : null;

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken)
    {
        users.Release(podUid);
        foreach (var key in _kinds.Keys.Where(k => k.Uid == podUid))
        {
            _kinds.TryRemove(key, out _);
            _groups.TryRemove(key, out _);
        }

        foreach (var kind in kinds)
        {
            kind.Forget(podUid);
        }

        return Task.CompletedTask;
    }

    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            await kind.ReleaseUnusedAsync(cancellationToken);
        }
    }

    private IPersistentVolumePlugin KindFor(PersistentVolume found)
    {
        var kind = kinds.FirstOrDefault(k => k.Supports(found)) ?? throw new VolumeFailure($"no volume plugin matched PersistentVolume {found.Metadata.Name}");
        return found.Spec.VolumeMode != Block || kind.SupportsBlock
            ? kind
            : throw new VolumeFailure("failed to find BlockVolumeMapper plugin. Volume plugin is nil.") { Operation = "MapVolume.FindMapperPluginBySpec", Volume = found.Metadata.Name };
    }

    /// <summary>Whoever bound the pod may not have asked where its volume can be.</summary>
    private void CheckPlace(PersistentVolume found)
    {
        if (found.Spec.NodeAffinity?.Required is { } required && node() is { } here && !NodeMatch.Matches(required, here))
        {
            throw new VolumeFailure("no matching NodeSelectorTerms") { Operation = "MountVolume.NodeAffinity check", Volume = found.Metadata.Name };
        }
    }

    /// <summary>A block device is no directory to mount, and the other way round.</summary>
    private static void CheckMode(Pod pod, Volume volume, PersistentVolume found)
    {
        var mode = found.Spec.VolumeMode is { Length: > 0 } own ? own : Filesystem;
        if (mode != Filesystem && pod.AllContainers().Any(c => c.VolumeMounts.OrEmpty().Any(m => m.Name == volume.Name)))
        {
            throw Unprocessed($"volume {volume.Name} has volumeMode {mode}, but is specified in volumeMounts");
        }

        if (mode != Block && pod.AllContainers().Any(c => c.VolumeDevices.OrEmpty().Any(d => d.Name == volume.Name)))
        {
            throw Unprocessed($"volume {volume.Name} has volumeMode {mode}, but is specified in volumeDevices");
        }
    }

    private static VolumeFailure Unprocessed(string message) => new(message) { IsUnprocessed = true };

    private static VolumeFailure Unprocessed(string ns, string claim, string message) => Unprocessed($"error processing PVC {ns}/{claim}: {message}");

    private async Task<PersistentVolume> VolumeAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        var (ns, name, volume) = (claim.Metadata.Namespace, claim.Metadata.Name, claim.Spec.VolumeName!);
        var found = await FetchAsync(objects.FindVolumeAsync(volume, cancellationToken), ns, name, $"PV {volume}", $"persistentvolume \"{volume}\" not found");
        return found.Spec.ClaimRef is not { } bound ? throw Unprocessed(ns, name, $"found PV object {volume} but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim")
            : bound.Uid != claim.Metadata.Uid ? throw Unprocessed(ns, name, $"found PV object {volume} but its pv.Spec.ClaimRef.UID {bound.Uid} does not point to claim.UID {claim.Metadata.Uid}")
            : found;
    }

    private static async Task<T> FetchAsync<T>(Task<T?> fetch, string ns, string claim, string what, string missing)
        where T : class
    {
        try
        {
            return await fetch ?? throw Unprocessed(ns, claim, $"failed to fetch {what} from API server: {missing}");
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            throw Unprocessed(ns, claim, $"failed to fetch {what} from API server: {e.Message}");
        }
    }

    private async Task<PersistentVolumeClaim> ClaimAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var (ns, name) = (pod.Metadata.Namespace, volume.PersistentVolumeClaim?.ClaimName ?? $"{pod.Metadata.Name}-{volume.Name}");
        var claim = await FetchAsync(objects.FindClaimAsync(ns, name, cancellationToken), ns, name, "PVC", $"persistentvolumeclaim \"{name}\" not found");
        // One that is kept for the pods that use it is there for them until the last has ended.
        var isGoing = claim.Metadata.DeletionTimestamp is not null && !claim.Metadata.Finalizers.OrEmpty().Contains(ProtectionFinalizer);
        var problem = isGoing ? "PVC is being deleted"
            : claim.Status.Phase != Bound ? "PVC is not bound"
            : string.IsNullOrEmpty(claim.Spec.VolumeName) ? "PVC has empty pvc.Spec.VolumeName"
            : null;
        if (problem is not null)
        {
            throw Unprocessed(ns, name, problem);
        }

        if (volume.Ephemeral is not null && !claim.Metadata.OwnerReferences.OrEmpty().Any(o => o.Uid == pod.Metadata.Uid && o.Controller == true))
        {
            throw Unprocessed($"PVC {ns}/{name} was not created for pod {ns}/{pod.Metadata.Name} (pod is not owner)");
        }

        return claim;
    }
}
