using Sampan.Client.Pods;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Authorization.Node;

/// <summary>
/// Which objects a node needs for its pods:
/// <code>
/// node ← pod ← secret, configmap, serviceaccount, resourceclaim
///          ↖ persistentvolumeclaim ← persistentvolume ← secret
/// node ← volumeattachment
/// </code>
/// A node has few pods, so a question walks them.
/// </summary>
internal sealed class NodeGraph(NodePods pods, IObjectSource objects)
{
    public bool HasPod(string node, string ns, string name) => pods.Find(node, ns, name) is not null;

    public bool HasConfigMap(string node, string ns, string name) =>
        (ns == "kube-system" && objects.Get<Api.Core.V1.Node>(null, node)?.Spec?.ConfigSource?.ConfigMap?.Name == name)
        || PodsIn(node, ns).Any(p => PodReferences.ConfigMaps(p).Contains(name));

    public bool HasSecret(string node, string ns, string name) =>
        PodsIn(node, ns).Any(p => PodReferences.Secrets(p).Contains(name))
        || pods.Of(node).SelectMany(VolumesOf).Any(v => VolumeSecrets(v).Any(s => s.Namespace == ns && s.Name == name));

    public bool HasClaim(string node, string ns, string name) =>
        PodsIn(node, ns).Any(p => PodReferences.Claims(p).Contains(name));

    public bool HasVolume(string node, string name) => pods.Of(node).SelectMany(VolumesOf).Any(v => v.Metadata.Name == name);

    public bool HasServiceAccount(string node, string ns, string name) =>
        PodsIn(node, ns).Any(p => p.Spec?.ServiceAccountName == name);

    public bool HasResourceClaim(string node, string ns, string name) =>
        PodsIn(node, ns).Any(p => PodReferences.ResourceClaims(p).Contains(name));

    public bool HasVolumeAttachment(string node, string name) =>
        objects.Get<VolumeAttachment>(null, name)?.Spec?.NodeName == node;

    public bool HasResourceSlice(string node, string name) =>
        objects.Get<ResourceSlice>(null, name)?.Spec.NodeName == node;

    private IEnumerable<Pod> PodsIn(string node, string ns) => pods.Of(node).Where(p => p.Metadata.Namespace == ns);

    private IEnumerable<PersistentVolume> VolumesOf(Pod pod)
    {
        foreach (var claim in PodReferences.Claims(pod))
        {
            if (objects.Get<PersistentVolumeClaim>(pod.Metadata.Namespace, claim)?.Spec?.VolumeName is { Length: > 0 } name
                && objects.Get<PersistentVolume>(null, name) is { } volume)
                yield return volume;
        }
    }

    private static IEnumerable<SecretReference> VolumeSecrets(PersistentVolume volume)
    {
        var csi = volume.Spec?.Csi;
        return new[]
        {
            csi?.NodePublishSecretRef, csi?.NodeStageSecretRef, csi?.NodeExpandSecretRef, csi?.ControllerPublishSecretRef,
            csi?.ControllerExpandSecretRef,
        }.OfType<SecretReference>();
    }
}
