using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.AttachDetach;

/// <summary>What the users of a pod are told of its volumes, in upstream's words.</summary>
internal static class AttachmentEvents
{
    private const string Failed = "FailedAttachVolume";

    /// <summary>No mode lets more than one node have it.</summary>
    public static bool IsExclusive(PersistentVolume volume) =>
        volume.Spec.AccessModes is { Count: > 0 } modes && !modes.Exists(m => m is "ReadWriteMany" or "ReadOnlyMany");

    public static void SayProgress(EventRecorder events, Pod pod, PersistentVolume volume, VolumeAttachment old, VolumeAttachment current)
    {
        var name = volume.Metadata.Name;
        if (!old.Status.Attached && current.Status.Attached)
            events.Event(pod, "Normal", "SuccessfulAttachVolume", $"AttachVolume.Attach succeeded for volume \"{name}\" ");
        else if (!current.Status.Attached && current.Status.AttachError?.Message is { Length: > 0 } error && error != old.Status.AttachError?.Message)
            events.Event(pod, "Warning", Failed, $"AttachVolume.Attach failed for volume \"{name}\" : {error}");
    }

    /// <summary>Pods of other namespaces are counted, not named.</summary>
    public static void SayTaken(EventRecorder events, Pod pod, PersistentVolume volume, IReadOnlyCollection<Pod> holders)
    {
        var near = holders.Where(h => h.Metadata.Namespace == pod.Metadata.Namespace).Select(h => h.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        var far = holders.Count - near.Count;
        var by = (near.Count, far) switch
        {
            (0, 0) => "Volume is already exclusively attached to one node and can't be attached to another",
            (0, _) => $"Volume is already used by {far} pod(s) in different namespaces",
            (_, 0) => $"Volume is already used by pod(s) {string.Join(", ", near)}",
            _ => $"Volume is already used by pod(s) {string.Join(", ", near)} and {far} pod(s) in different namespaces",
        };
        events.Event(pod, "Warning", Failed, $"Multi-Attach error for volume \"{volume.Metadata.Name}\" {by}");
    }
}
