using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Storage.V1;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// Volumes that somebody has to attach to the machine first:
/// <code>
/// a pod wants it ► node.status.volumesInUse ► attach/detach controller: VolumeAttachment ► the driver's attacher: attached
///                                             ► node.status.volumesAttached ► stage, publish … unpublish, unstage ► no more in use
/// </code>
/// What is in use is not detached, so a volume is mounted only once the API server has heard that it is.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="time">Measures how long a pod waits.</param>
/// <param name="isByController">Whether that controller looks after this node; nobody else attaches CSI volumes.</param>
internal sealed class CsiAttachments(ICsiApi api, TimeProvider time, bool isByController = true)
{
    /// <summary>gRPC's RESOURCE_EXHAUSTED.</summary>
    private const int Exhausted = 8;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, string> _inUse = new();

    /// <summary>Raised when <see cref="InUse"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>For the node's status.</summary>
    public IReadOnlyList<string> InUse => !isByController ? [] : [.. _inUse.Where(v => IsAttached(v.Value)).Select(v => v.Key).Order(StringComparer.Ordinal)];

    /// <summary>Volumes that were mounted before this kubelet was started.</summary>
    public void Restore(IEnumerable<CsiVolumeData> mounted)
    {
        foreach (var data in mounted.Where(d => !d.IsEphemeral))
        {
            _inUse.TryAdd(CsiVolume.UniqueNameOf(data.Driver, data.Handle), data.Driver);
        }
    }

    /// <summary>Waits until the volume is attached, and returns what the attacher has to say to the driver.</summary>
    /// <exception cref="VolumeFailure">It could not be attached, or not in time.</exception>
    public async Task<IReadOnlyDictionary<string, string>> WaitAsync(CsiVolume volume, CancellationToken cancellationToken)
    {
        if (volume.IsEphemeral || !IsAttached(volume.Driver))
        {
            return new Dictionary<string, string>();
        }

        if (!isByController)
        {
            throw new VolumeFailure($"attaching CSI volumes is not supported by the kubelet: enableControllerAttachDetach has to be true for {volume.UniqueName}") { Operation = "AttachVolume.Attach" };
        }

        if (_inUse.TryAdd(volume.UniqueName, volume.Driver))
        {
            Changed?.Invoke();
        }

        var started = time.GetTimestamp();
        for (var wait = FirstLook; ; wait = wait * 2 < LongestLook ? wait * 2 : LongestLook)
        {
            var attachment = IsTold(volume) ? await api.FindAttachmentAsync(volume.AttachmentOn(api.NodeName), cancellationToken) : null;
            if (attachment is { Metadata.DeletionTimestamp: null, Status.Attached: true })
            {
                return attachment.Status.AttachmentMetadata.OrEmpty();
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                throw NotAttached(volume, attachment ?? await api.FindAttachmentAsync(volume.AttachmentOn(api.NodeName), cancellationToken));
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>No pod of the node uses it and it is not staged any more.</summary>
    public void Release(string driver, string handle)
    {
        if (_inUse.TryRemove(CsiVolume.UniqueNameOf(driver, handle), out _))
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Unless the cluster says of a driver that it does without, its volumes are attached.</summary>
    private bool IsAttached(string driver) => api.Driver(driver)?.Spec.AttachRequired != false;

    private bool IsTold(CsiVolume volume) =>
        api.Node() is { } node
        && node.Status.VolumesInUse.OrEmpty().Contains(volume.UniqueName)
        && node.Status.VolumesAttached.OrEmpty().Any(v => v.Name == volume.UniqueName);

    /// <summary>Only of a driver that tells anew how many volumes the node takes is it known that nobody else will come for the same reason.</summary>
    private bool IsBeyondLimit(CsiVolume volume, VolumeAttachment? attachment) =>
        attachment?.Status.AttachError?.ErrorCode == Exhausted && api.Driver(volume.Driver)?.Spec.NodeAllocatableUpdatePeriodSeconds > 0;

    private VolumeFailure NotAttached(CsiVolume volume, VolumeAttachment? attachment)
    {
        var why = attachment?.Metadata.DeletionTimestamp is not null ? "volume attachment is being deleted"
            : attachment?.Status.AttachError?.Message is { Length: > 0 } message ? message
            : $"timed out waiting for external-attacher of {volume.Driver} CSI driver to attach volume {volume.Handle}";
        return new VolumeFailure(why) { Operation = VolumeFailure.NotAttached, IsBeyondLimit = IsBeyondLimit(volume, attachment) };
    }
}
