using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Controllers;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Volumes.LocalPath;

/// <summary>
/// Makes volumes on demand from directories of nodes, and deletes them with their data when their claims are gone:
/// <code>
/// claim of class local-path ──a pod is placed on a node──► that node's kubelet makes pvc-UID; a PersistentVolume bound to the node
/// volume Released, policy Delete ──► the kubelet deletes pvc-UID; the PersistentVolume is removed
/// </code>
/// </summary>
public sealed class LocalPathProvisioner : Controller
{
    public const string Provisioner = "sampan.io/local-path";
    private const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";
    private const string SelectedNode = "volume.kubernetes.io/selected-node";
    private const string StorageProvisioner = "volume.kubernetes.io/storage-provisioner";
    private const string Hostname = "kubernetes.io/hostname";

    private readonly INodeVolumes _directories;
    private readonly Informer<Node> _nodes;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<StorageClass> _classes;
    private readonly OwnWrites<PersistentVolume> _writes;

    /// <param name="context">What all controllers share.</param>
    /// <param name="directories">Reaches the nodes' disks.</param>
    public LocalPathProvisioner(ControllerContext context, INodeVolumes directories)
        : base("local-path-provisioner", context)
    {
        _directories = directories;
        _nodes = Use<Node>();
        _claims = Watch<PersistentVolumeClaim>(claim => [new ObjectKey(claim.Metadata.Namespace, claim.Metadata.Name)]);
        _volumes = Watch(context.Informers.For<PersistentVolume>(), volume => [new ObjectKey("", volume.Metadata.Name)]);
        _classes = Use<StorageClass>();
        _writes = Writes(_volumes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(key.Namespace))
        {
            await ReclaimAsync(key.Name, cancellationToken);
        }
        else if (_claims.Get(key) is { } claim && WantedOn(claim) is { } node && _volumes.Get(null, NameFor(claim)) is null)
        {
            await ProvisionAsync(claim, node, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    private static string NameFor(PersistentVolumeClaim claim) => $"pvc-{claim.Metadata.Uid}";

    /// <summary>The node that a claim wants its volume on; null for a claim that wants none, or not from here.</summary>
    private static string? WantedOn(PersistentVolumeClaim claim) =>
        claim.Metadata.DeletionTimestamp is null
        && string.IsNullOrEmpty(claim.Spec.VolumeName)
        && claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(StorageProvisioner) == Provisioner
            ? claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(SelectedNode)
            : null;

    private async Task ProvisionAsync(PersistentVolumeClaim claim, string node, CancellationToken cancellationToken)
    {
        if (claim.Spec.VolumeMode == "Block" || claim.Spec.Selector is not null)
        {
            Events.Event(claim, "Warning", "ProvisioningFailed", "failed to provision volume: directories serve no block devices and no selectors");
            return;
        }

        var name = NameFor(claim);
        var path = await CreateAsync(claim, node, name, cancellationToken);
        await _writes.CreateAsync(VolumeFor(claim, node, name, path), cancellationToken);
        Events.Event(claim, "Normal", "ProvisioningSucceeded", $"Successfully provisioned volume {name}");
    }

    /// <summary>A node that does not answer is asked again, and the claim's owner is told whom the claim waits for.</summary>
    private async Task<string> CreateAsync(PersistentVolumeClaim claim, string node, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _directories.CreateAsync(node, name, cancellationToken);
        }
        catch (StatusException e)
        {
            Events.Event(claim, "Warning", "ProvisioningFailed", $"failed to provision volume on node {node}: {e.Message}");
            throw;
        }
    }

    private PersistentVolume VolumeFor(PersistentVolumeClaim claim, string node, string name, string path)
    {
        var storageClass = _classes.Get(null, claim.Spec.StorageClassName ?? "");
        return new PersistentVolume
        {
            Metadata = new() { Name = name, Annotations = new() { [ProvisionedBy] = Provisioner } },
            Spec = new()
            {
                Capacity = new() { ["storage"] = (claim.Spec.Resources.Requests.OrEmpty()).GetValueOrDefault("storage") },
                AccessModes = claim.Spec.AccessModes,
                PersistentVolumeReclaimPolicy = storageClass?.ReclaimPolicy ?? "Delete",
                StorageClassName = claim.Spec.StorageClassName,
                VolumeMode = "Filesystem",
                ClaimRef = new() { ApiVersion = "v1", Kind = "PersistentVolumeClaim", Namespace = claim.Metadata.Namespace, Name = claim.Metadata.Name, Uid = claim.Metadata.Uid },
                Local = new() { Path = path },
                NodeAffinity = new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = Hostname, Operator = "In", Values = [node] }] }] } },
            },
        };
    }

    private async Task ReclaimAsync(string name, CancellationToken cancellationToken)
    {
        if (_volumes.Get(null, name) is not { Status.Phase: "Released", Spec.PersistentVolumeReclaimPolicy: "Delete", Metadata.DeletionTimestamp: null } volume || NodeOf(volume) is not { } node)
        {
            return;
        }

        // With a node that is gone its data is gone.
        if (_nodes.Get(null, node) is not null)
        {
            await _directories.DeleteAsync(node, name, cancellationToken);
        }

        await _writes.DeleteAsync(volume, null, cancellationToken);
        Log.LogInformation("Deleted volume {Volume} of claim {Namespace}/{Claim}", name, volume.Spec.ClaimRef?.Namespace, volume.Spec.ClaimRef?.Name);
    }

    /// <summary>The node of a volume that was made here; null for others.</summary>
    private static string? NodeOf(PersistentVolume volume) =>
        volume.Metadata.Annotations.OrEmpty().GetValueOrDefault(ProvisionedBy) == Provisioner
        && volume.Spec.Local is not null
        && volume.Spec.NodeAffinity?.Required?.NodeSelectorTerms is [{ MatchExpressions: [{ Key: Hostname, Values: [var node] }] }]
            ? node
            : null;
}
