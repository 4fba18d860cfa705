using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>What a kubelet may create as a mirror of a pod of its own: owned by its node, and with nothing of the cluster in it.</summary>
internal static class MirrorPodRules
{
    /// <summary>Why the pod is refused; null when it is not.</summary>
    public static string? Complaint(Pod pod, string node, Node? owner) =>
        pod.Spec.NodeName != node ? $"node {GoText.Quote(node)} can only create pods with spec.nodeName set to itself"
        : OwnerComplaint(pod.Metadata.OwnerReferences.OrEmpty(), node, owner)
            ?? (References(pod) is { } what ? $"node {GoText.Quote(node)} can not create pods that reference {what}" : null);

    private static string? OwnerComplaint(IReadOnlyList<Api.Meta.V1.OwnerReference> owners, string node, Node? owner)
    {
        var quoted = GoText.Quote(node);
        return owners switch
        {
            { Count: > 1 } => $"node {quoted} can only create pods with a single owner reference set to itself",
            [] => $"node {quoted} can only create pods with an owner reference set to itself",
            [{ ApiVersion: not "v1" } or { Kind: not "Node" }] => $"node {quoted} can only create pods with an owner reference set to itself",
            [var own] when own.Name != node => $"node {quoted} can only create pods with an owner reference set to itself",
            [{ Controller: not true }] => $"node {quoted} can only create pods with a controller owner reference set to itself",
            [{ BlockOwnerDeletion: true }] => $"node {quoted} must not set blockOwnerDeletion on an owner reference",
            [var own] when own.Uid != owner?.Metadata.Uid => $"node {node} UID mismatch: expected {own.Uid} got {owner?.Metadata.Uid}",
            _ => null,
        };
    }

    private static string? References(Pod pod)
    {
        var volumes = pod.Spec.Volumes.OrEmpty();
        var containers = pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).ToList();
        var sources = volumes.SelectMany(volume => (volume.Projected?.Sources).OrEmpty()).ToList();
        return !string.IsNullOrEmpty(pod.Spec.ServiceAccountName) ? "a service account"
            : pod.Spec.ImagePullSecrets.OrEmpty().Count > 0 || volumes.Any(volume => volume.Secret is not null) || sources.Any(one => one.Secret is not null)
                || containers.Any(Reads(env => env.ValueFrom?.SecretKeyRef is not null, from => from.SecretRef is not null)) ? "secrets"
            : volumes.Any(volume => volume.ConfigMap is not null) || sources.Any(one => one.ConfigMap is not null)
                || containers.Any(Reads(env => env.ValueFrom?.ConfigMapKeyRef is not null, from => from.ConfigMapRef is not null)) ? "configmaps"
            : sources.Any(one => one.ServiceAccountToken is not null) ? "serviceaccounts"
            : volumes.Any(volume => volume.PersistentVolumeClaim is not null) ? "persistentvolumeclaims"
            : null;
    }

    private static Func<Container, bool> Reads(Func<EnvVar, bool> variable, Func<EnvFromSource, bool> source) =>
        container => container.Env.OrEmpty().Any(variable) || container.EnvFrom.OrEmpty().Any(source);
}
