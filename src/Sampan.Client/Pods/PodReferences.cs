using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Client.Pods;

/// <summary>The objects that a pod needs on its node, by name in the pod's namespace.</summary>
public static class PodReferences
{
    public static IEnumerable<string> Secrets(Pod pod)
    {
        foreach (var reference in pod.Spec?.ImagePullSecrets.OrEmpty() ?? [])
            yield return reference.Name ?? "";
        foreach (var volume in Volumes(pod))
        {
            foreach (var name in Named(
                volume.Secret?.SecretName, volume.Csi?.NodePublishSecretRef?.Name, volume.Cephfs?.SecretRef?.Name,
                volume.Rbd?.SecretRef?.Name, volume.FlexVolume?.SecretRef?.Name, volume.Iscsi?.SecretRef?.Name,
                volume.ScaleIO?.SecretRef?.Name, volume.Storageos?.SecretRef?.Name, volume.AzureFile?.SecretName,
                volume.Cinder?.SecretRef?.Name))
                yield return name;
            foreach (var source in volume.Projected?.Sources.OrEmpty() ?? [])
                if (source.Secret?.Name is { } name)
                    yield return name;
        }

        foreach (var (env, from) in Environments(pod))
            foreach (var name in Named(env?.ValueFrom?.SecretKeyRef?.Name, from?.SecretRef?.Name))
                yield return name;
    }

    public static IEnumerable<string> ConfigMaps(Pod pod)
    {
        foreach (var volume in Volumes(pod))
        {
            foreach (var name in Named(volume.ConfigMap?.Name))
                yield return name;
            foreach (var source in volume.Projected?.Sources.OrEmpty() ?? [])
                if (source.ConfigMap?.Name is { } name)
                    yield return name;
        }

        foreach (var (env, from) in Environments(pod))
            foreach (var name in Named(env?.ValueFrom?.ConfigMapKeyRef?.Name, from?.ConfigMapRef?.Name))
                yield return name;
    }

    /// <summary>An ephemeral volume's claim is named after the pod and the volume.</summary>
    public static IEnumerable<string> Claims(Pod pod)
    {
        foreach (var volume in Volumes(pod))
        {
            if (volume.PersistentVolumeClaim?.ClaimName is { } claim)
                yield return claim;
            if (volume.Ephemeral is not null)
                yield return $"{pod.Metadata.Name}-{volume.Name}";
        }
    }

    public static IEnumerable<string> ResourceClaims(Pod pod) =>
        (pod.Spec?.ResourceClaims.OrEmpty() ?? []).Select(c => c.ResourceClaimName)
            .Concat((pod.Status?.ResourceClaimStatuses.OrEmpty() ?? []).Select(s => s.ResourceClaimName))
            .Append(pod.Status?.ExtendedResourceClaimStatus?.ResourceClaimName)
            .OfType<string>();

    private static IEnumerable<Volume> Volumes(Pod pod) => pod.Spec?.Volumes.OrEmpty() ?? [];

    private static IEnumerable<(EnvVar? Env, EnvFromSource? From)> Environments(Pod pod)
    {
        if (pod.Spec is not { } spec)
            yield break;
        var containers = spec.Containers.Concat(spec.InitContainers.OrEmpty()).Select(c => (c.Env, c.EnvFrom))
            .Concat(spec.EphemeralContainers.OrEmpty().Select(c => (c.Env, c.EnvFrom)));
        foreach (var (env, from) in containers)
        {
            foreach (var variable in env.OrEmpty())
                yield return (variable, null);
            foreach (var source in from.OrEmpty())
                yield return (null, source);
        }
    }

    private static IEnumerable<string> Named(params IEnumerable<string?> names) => names.Where(n => n is { Length: > 0 })!;
}
