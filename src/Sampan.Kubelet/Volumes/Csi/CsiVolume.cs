using System.Security.Cryptography;
using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>What a driver is asked to mount, whether by a persistent volume or inline in a pod.</summary>
/// <param name="SpecName">The persistent volume's name, or the name of the pod's volume.</param>
/// <param name="Driver">The driver's name.</param>
/// <param name="Handle">The volume's name at the driver.</param>
internal sealed record CsiVolume(string SpecName, string Driver, string Handle)
{
    /// <summary>The lifecycle mode of an inline volume.</summary>
    public const string Ephemeral = "Ephemeral";

    public bool IsEphemeral { get; init; }

    public bool IsBlock { get; init; }

    public bool IsReadOnly { get; init; }

    public string FsType { get; init; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> AccessModes { get; init; } = [];

    public IReadOnlyList<string> MountOptions { get; init; } = [];

    public SecretReference? StageSecret { get; init; }

    public SecretReference? PublishSecret { get; init; }

    public SecretReference? ExpandSecret { get; init; }

    /// <summary>As the node's status names it: <c>kubernetes.io/csi/DRIVER^HANDLE</c>.</summary>
    public string UniqueName => UniqueNameOf(Driver, Handle);

    public string LifecycleMode => IsEphemeral ? Ephemeral : "Persistent";

    public static string UniqueNameOf(string driver, string handle) => $"kubernetes.io/csi/{driver}^{handle}";

    public static CsiVolume Of(PersistentVolume volume, bool isReadOnly)
    {
        var csi = volume.Spec.Csi!;
        return new(volume.Metadata.Name, csi.Driver, csi.VolumeHandle)
        {
            IsBlock = volume.Spec.VolumeMode == "Block",
            IsReadOnly = csi.ReadOnly || isReadOnly,
            FsType = csi.FsType ?? "",
            Attributes = csi.VolumeAttributes.OrEmpty(),
            AccessModes = volume.Spec.AccessModes.OrEmpty(),
            MountOptions = volume.Spec.MountOptions.OrEmpty(),
            StageSecret = csi.NodeStageSecretRef,
            PublishSecret = csi.NodePublishSecretRef,
            ExpandSecret = csi.NodeExpandSecretRef,
        };
    }

    /// <summary>An inline volume has a handle that is made up from its pod.</summary>
    public static CsiVolume Of(Pod pod, Volume volume)
    {
        var csi = volume.Csi!;
        return new(volume.Name, csi.Driver, "csi-" + Hash(pod.Metadata.Uid + volume.Name))
        {
            IsEphemeral = true,
            IsReadOnly = csi.ReadOnly == true,
            FsType = csi.FsType ?? "",
            Attributes = csi.VolumeAttributes.OrEmpty(),
            PublishSecret = csi.NodePublishSecretRef is { } secret ? new() { Namespace = pod.Metadata.Namespace, Name = secret.Name } : null,
        };
    }

    /// <summary>The VolumeAttachment that the attach/detach controller makes for it.</summary>
    public string AttachmentOn(string node) => "csi-" + Hash(Handle + Driver + node);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
