using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.AttachDetach;

/// <summary>
/// Asks for CSI volumes to be attached to the nodes that pods were put on, by VolumeAttachments, and takes those back that no pod of the
/// node needs and the kubelet has unmounted. Upstream: pkg/controller/volume/attachdetach.
/// </summary>
internal sealed class AttachDetachController : Controller
{
    private const string Prefix = "kubernetes.io/csi/";
    private const string NamePrefix = "csi-";

    /// <summary>After this long a volume is detached from a node that does not answer, though it may still be mounted there.</summary>
    private static readonly TimeSpan ForceAfter = TimeSpan.FromMinutes(6);
    private const string NodeIndex = "node";
    private const string VolumeIndex = "volume";
    private readonly Informer<Node> _nodes;
    private readonly Informer<Pod> _pods;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<CSIDriver> _drivers;
    private readonly Informer<VolumeAttachment> _attachments;
    private readonly OwnWrites<VolumeAttachment> _writes;
    private readonly OwnWrites<Node> _nodeWrites;
    private readonly Counter _forced;
    private readonly bool _forces;

    /// <summary>The volumes of which the users on a node know that they wait for another one.</summary>
    private readonly ConcurrentDictionary<string, bool> _told = [];

    /// <param name="context">What all controllers share.</param>
    /// <param name="forces">Whether a node that does not answer loses its volumes after a while, mounted or not.</param>
    public AttachDetachController(ControllerContext context, bool forces = true)
        : base("persistentvolume-attach-detach-controller", context)
    {
        _forces = forces;
        _forced = context.Metrics.Counter("attach_detach_controller_attachdetach_controller_forced_detaches", "Number of times the A/D Controller performed a forced detach", "reason");
        _nodes = Watch<Node>(n => [KeyOf(n)]);
        _pods = Watch<Pod>(p => ClaimsOf.Pod(p).Any() ? NodeKey(p.Spec.NodeName) : []);
        _pods.AddIndex(NodeIndex, p => [p.Spec.NodeName ?? ""]);
        _claims = Watch<PersistentVolumeClaim>(c => ClaimsOf.UsersOf(_pods, c).SelectMany(p => NodeKey(p.Spec.NodeName)));
        ClaimsOf.AddIndex(_pods);
        _volumes = Use<PersistentVolume>();
        _drivers = Use<CSIDriver>();
        _attachments = Watch(context.Informers.For<VolumeAttachment>(), OnAttachment);
        _attachments.AddIndex(NodeIndex, a => [a.Spec.NodeName]);
        _attachments.AddIndex(VolumeIndex, a => a.Spec.Source.PersistentVolumeName is { } name ? [name] : []);
        AttachMetrics.AddTo(context.Metrics, () => _nodes.List().SelectMany(n => WantedOn(n.Metadata.Name)), _attachments.List);
        _writes = Writes(_attachments);
        _nodeWrites = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var (node, wanted) = (_nodes.Get(key), WantedOn(key.Name).DistinctBy(v => NameOf(v, key.Name)).ToDictionary(v => NameOf(v, key.Name)));
        if (node is not null && !AttachesHere(node)) return ReconcileResult.Done;
        foreach (var (name, volume) in wanted.Where(w => node is not null && _attachments.Get(null, w.Key) is null))
        {
            if (OthersWith(volume, key.Name).FirstOrDefault() is { } other) SayTaken(volume, key.Name, other.Spec.NodeName);
            else await AttachAsync(name, volume, key.Name, cancellationToken);
        }

        foreach (var name in wanted.Keys.Where(w => _attachments.Get(null, w) is not null)) _told.TryRemove(name, out _);
        var leaving = _attachments.ByIndex(NodeIndex, key.Name)
            .Where(a => IsOurs(a) && a.Metadata.DeletionTimestamp is null && !wanted.ContainsKey(a.Metadata.Name))
            .Select(a => (Attachment: a, Wait: UntilFree(a, node))).ToList();
        var free = leaving.Where(l => l.Wait <= TimeSpan.Zero).Select(l => l.Attachment).ToList();
        // The kubelet may mount what its node's status lists: it is told first, in a write that fails if it has begun to use the volume.
        if (node is not null) await ReportAsync(node, free, cancellationToken);
        foreach (var attachment in free) await DetachAsync(attachment, node, cancellationToken);
        return new ReconcileResult(leaving.Where(l => l.Wait > TimeSpan.Zero).Min(l => l.Wait));
    }

    /// <summary>A kubelet that attaches volumes itself does not say that somebody else does.</summary>
    private static bool AttachesHere(Node node) => node.Metadata.Annotations?.ContainsKey("volumes.kubernetes.io/controller-managed-attach-detach") == true;

    /// <summary>The attachable volumes of the pods that a node still has to run.</summary>
    private IEnumerable<PersistentVolume> WantedOn(string node)
    {
        foreach (var pod in _pods.ByIndex(NodeIndex, node).Where(p => !HasEnded(p)))
        {
            foreach (var claimed in pod.Spec.Volumes.OrEmpty())
            {
                if (ClaimsOf.NameOf(pod, claimed) is not { } name || _claims.Get(pod.Metadata.Namespace, name) is not { Status.Phase: "Bound", Spec.VolumeName: { } volumeName } claim) continue;
                if (claimed.Ephemeral is not null && !claim.Metadata.IsControlledBy(pod)) continue;
                if (_volumes.Get(null, volumeName) is { Spec.Csi: { } csi } volume && volume.Spec.ClaimRef?.Uid == claim.Metadata.Uid
                    && _drivers.Get(null, csi.Driver)?.Spec.AttachRequired != false) yield return volume;
            }
        }
    }

    /// <summary>Finished, or on its way out with no container that runs any more.</summary>
    private static bool HasEnded(Pod pod) => pod.IsTerminal()
        || (pod.Metadata.DeletionTimestamp is not null && pod.Status.ContainerStatuses.OrEmpty().All(c => c.State.Terminated is not null || c.State.Waiting is not null));

    /// <summary>The attachments elsewhere of a volume that one node at a time may have.</summary>
    private IEnumerable<VolumeAttachment> OthersWith(PersistentVolume volume, string node) => AttachmentEvents.IsExclusive(volume)
        ? _attachments.ByIndex(VolumeIndex, volume.Metadata.Name).Where(a => a.Spec.NodeName != node)
        : [];

    private void SayTaken(PersistentVolume volume, string node, string other)
    {
        if (!_told.TryAdd(NameOf(volume, node), true)) return;
        var holders = UsersOf(volume, other).ToList();
        foreach (var pod in UsersOf(volume, node)) AttachmentEvents.SayTaken(Events, pod, volume, holders);
    }

    /// <summary>The pods on a node that want the volume.</summary>
    private IEnumerable<Pod> UsersOf(PersistentVolume volume, string node) => UsersOf(volume).Where(p => p.Spec.NodeName == node);

    private IEnumerable<Pod> UsersOf(PersistentVolume volume) =>
        volume.Spec.ClaimRef is { } reference && _claims.Get(reference.Namespace, reference.Name ?? "") is { } claim
            ? ClaimsOf.UsersOf(_pods, claim).Where(p => !HasEnded(p))
            : [];

    /// <summary>Once a volume leaves its node, another one may wait for it.</summary>
    private void OnAttachment(VolumeAttachment? old, VolumeAttachment? current)
    {
        var attachment = (current ?? old)!;
        foreach (var key in NodeKey(attachment.Spec.NodeName)) Queue.Add(key);
        if (attachment.Spec.Source.PersistentVolumeName is not { } name || _volumes.Get(null, name) is not { } volume) return;
        if (current is null)
        {
            foreach (var key in UsersOf(volume).SelectMany(p => NodeKey(p.Spec.NodeName))) Queue.Add(key);
        }
        else if (old is not null)
        {
            foreach (var pod in UsersOf(volume, current.Spec.NodeName)) AttachmentEvents.SayProgress(Events, pod, volume, old, current);
        }
    }

    private async Task AttachAsync(string name, PersistentVolume volume, string node, CancellationToken cancellationToken)
    {
        try
        {
            await _writes.CreateAsync(
                new VolumeAttachment
                {
                    Metadata = new ObjectMeta { Name = name },
                    Spec = new() { Attacher = volume.Spec.Csi!.Driver, NodeName = node, Source = new() { PersistentVolumeName = volume.Metadata.Name } },
                },
                cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
        }
    }

    /// <summary>How long the kubelet may still use the volume; null: until it says otherwise. A node that is lost is not waited for for ever.</summary>
    private TimeSpan? UntilFree(VolumeAttachment attachment, Node? node)
    {
        if (!IsInUse(attachment, node) || IsOutOfService(node!)) return TimeSpan.Zero;
        var ready = _forces ? node!.Status.Conditions?.Find(c => c.Type == "Ready") : null;
        return ready is { Status: not "True", LastTransitionTime: { } since } ? since.Value + ForceAfter - Time.GetUtcNow() : null;
    }

    private bool IsInUse(VolumeAttachment attachment, Node? node) => node?.Status.VolumesInUse.OrEmpty().Contains(UniqueName(attachment)) == true;

    private async Task DetachAsync(VolumeAttachment attachment, Node? node, CancellationToken cancellationToken)
    {
        if (IsInUse(attachment, node)) _forced.With(IsOutOfService(node!) ? "out-of-service" : "timeout").Increment();
        await _writes.DeleteAsync(attachment, null, cancellationToken);
    }

    /// <summary>Tells the kubelet which volumes it may mount.</summary>
    private async Task ReportAsync(Node node, List<VolumeAttachment> leaving, CancellationToken cancellationToken)
    {
        var attached = _attachments.ByIndex(NodeIndex, node.Metadata.Name).ExceptBy(leaving.Select(l => l.Metadata.Name), a => a.Metadata.Name).Where(a => a.Status.Attached && a.Metadata.DeletionTimestamp is null)
            .Select(UniqueName).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var known = node.Status.VolumesAttached.OrEmpty().Where(v => v.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(v => v.Name).Order(StringComparer.Ordinal);
        if (attached.SequenceEqual(known)) return;
        var copy = node.DeepClone();
        copy.Status.VolumesAttached =
        [
            .. node.Status.VolumesAttached.OrEmpty().Where(v => !v.Name.StartsWith(Prefix, StringComparison.Ordinal)),
            .. attached.Select(name => new AttachedVolume { Name = name }),
        ];
        await _nodeWrites.UpdateStatusAsync(copy, cancellationToken);
    }

    private string? UniqueName(VolumeAttachment attachment) =>
        attachment.Spec.Source.PersistentVolumeName is { } name && _volumes.Get(null, name)?.Spec.Csi is { } csi ? $"{Prefix}{csi.Driver}^{csi.VolumeHandle}" : null;

    private static bool IsOutOfService(Node node) => node.Spec.Taints.OrEmpty().Any(t => t.Key == "node.kubernetes.io/out-of-service");

    /// <summary>The name under which CSI drivers and kubelets look for it.</summary>
    private static string NameOf(PersistentVolume volume, string node)
    {
        var text = $"{volume.Spec.Csi!.VolumeHandle}{volume.Spec.Csi.Driver}{node}";
        return NamePrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What somebody else asked for under a name of their own is theirs to take back.</summary>
    private static bool IsOurs(VolumeAttachment attachment) =>
        attachment.Metadata.Name.StartsWith(NamePrefix, StringComparison.Ordinal) && attachment.Metadata.Name.Length == NamePrefix.Length + (2 * SHA256.HashSizeInBytes);

    private static IEnumerable<ObjectKey> NodeKey(string? node) => string.IsNullOrEmpty(node) ? [] : [new ObjectKey("", node)];
}
