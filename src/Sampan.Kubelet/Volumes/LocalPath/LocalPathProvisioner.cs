using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Controllers;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Volumes.LocalPath;

/// <summary>
/// Makes volumes on demand from directories of this node, and deletes them with their data when their claims are gone:
/// <code>
/// claim of class local-path ──a pod is placed here──► root/pvc-UID and a PersistentVolume bound to this node
/// volume Released, policy Delete ──► directory and PersistentVolume removed
/// </code>
/// </summary>
public sealed class LocalPathProvisioner : Controller
{
    public const string Provisioner = "sampan.io/local-path";
    private const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";
    private const string SelectedNode = "volume.kubernetes.io/selected-node";
    private const string StorageProvisioner = "volume.kubernetes.io/storage-provisioner";
    private const string Hostname = "kubernetes.io/hostname";
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    private readonly string _node;
    private readonly string _root;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<StorageClass> _classes;
    private readonly OwnWrites<PersistentVolume> _writes;

    /// <param name="context">What all controllers share.</param>
    /// <param name="node">The name of this node.</param>
    /// <param name="root">The directory that volumes lie in.</param>
    public LocalPathProvisioner(ControllerContext context, string node, string root)
        : base("local-path-provisioner", context)
    {
        (_node, _root) = (node, root);
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
        else if (_claims.Get(key) is { } claim && IsWanted(claim) && _volumes.Get(null, NameFor(claim)) is null)
        {
            await ProvisionAsync(claim, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    private static string NameFor(PersistentVolumeClaim claim) => $"pvc-{claim.Metadata.Uid}";

    private bool IsWanted(PersistentVolumeClaim claim) =>
        claim.Metadata.DeletionTimestamp is null
        && string.IsNullOrEmpty(claim.Spec.VolumeName)
        && claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(StorageProvisioner) == Provisioner
        && claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(SelectedNode) == _node;

    private async Task ProvisionAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Spec.VolumeMode == "Block" || claim.Spec.Selector is not null)
        {
            Events.Event(claim, "Warning", "ProvisioningFailed", "failed to provision volume: directories serve no block devices and no selectors");
            return;
        }

        var name = NameFor(claim);
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Everyone);
        await _writes.CreateAsync(VolumeFor(claim, name, path), cancellationToken);
        Events.Event(claim, "Normal", "ProvisioningSucceeded", $"Successfully provisioned volume {name}");
    }

    private PersistentVolume VolumeFor(PersistentVolumeClaim claim, string name, string path)
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
                NodeAffinity = new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = Hostname, Operator = "In", Values = [_node] }] }] } },
            },
        };
    }

    private async Task ReclaimAsync(string name, CancellationToken cancellationToken)
    {
        if (_volumes.Get(null, name) is not { Status.Phase: "Released", Spec.PersistentVolumeReclaimPolicy: "Delete", Metadata.DeletionTimestamp: null } volume || !IsOurs(volume))
        {
            return;
        }

        // Only what was made here is deleted, whatever the object says of its path.
        var path = Path.Combine(_root, Path.GetFileName(name));
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        await _writes.DeleteAsync(volume, null, cancellationToken);
        Log.LogInformation("Deleted volume {Volume} of claim {Namespace}/{Claim}", name, volume.Spec.ClaimRef?.Namespace, volume.Spec.ClaimRef?.Name);
    }

    private bool IsOurs(PersistentVolume volume) =>
        volume.Metadata.Annotations.OrEmpty().GetValueOrDefault(ProvisionedBy) == Provisioner
        && volume.Spec.Local?.Path == Path.Combine(_root, volume.Metadata.Name);
}
