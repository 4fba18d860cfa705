using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.References;

namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>Collects the files of configMap, secret, downwardAPI and projected volumes.</summary>
internal sealed class PayloadReader(
    IPodObjects objects,
    ServiceAccountTokens tokens,
    ITrustBundles bundles,
    Func<IReadOnlyDictionary<string, Quantity>> allocatable,
    Func<IReadOnlyList<string>> hostIPs,
    Func<string, IReadOnlyList<string>> podIPs)
{
    private const int DefaultMode = 0b110_100_100;
    private const int OwnerOnly = 0b110_000_000;

    public async Task<IReadOnlyDictionary<string, PayloadFile>> ReadAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, PayloadFile>();
        if (volume.ConfigMap is { } map)
        {
            await AddConfigMapAsync(pod, map.Name, map.Items, map.Optional, map.DefaultMode ?? DefaultMode, files, cancellationToken);
        }
        else if (volume.Secret is { } secret)
        {
            await AddSecretAsync(pod, secret.SecretName, secret.Items, secret.Optional, secret.DefaultMode ?? DefaultMode, files, cancellationToken);
        }
        else if (volume.DownwardAPI is { } own)
        {
            AddFields(pod, own.Items, own.DefaultMode ?? DefaultMode, files);
        }
        else if (volume.Projected is { } projected)
        {
            foreach (var source in projected.Sources.OrEmpty())
            {
                await AddProjectionAsync(pod, source, projected.DefaultMode ?? DefaultMode, files, cancellationToken);
            }
        }

        return files;
    }

    /// <summary>The pod has ended: its tokens are not renewed.</summary>
    public void Forget(string podUid) => tokens.Forget(podUid);

    private async Task AddProjectionAsync(
        Pod pod, VolumeProjection source, int mode, Dictionary<string, PayloadFile> files, CancellationToken cancellationToken)
    {
        if (source.ConfigMap is { } map)
        {
            await AddConfigMapAsync(pod, map.Name, map.Items, map.Optional, mode, files, cancellationToken);
        }
        else if (source.Secret is { } secret)
        {
            await AddSecretAsync(pod, secret.Name, secret.Items, secret.Optional, mode, files, cancellationToken);
        }
        else if (source.DownwardAPI is { } own)
        {
            AddFields(pod, own.Items, mode, files);
        }
        else if (source.ServiceAccountToken is { } token)
        {
            var issued = await tokens.GetAsync(pod, token.Audience, token.ExpirationSeconds, cancellationToken);
            files[token.Path] = OwnFile(pod, issued.Token, mode);
        }
        else if (source.ClusterTrustBundle is { } bundle)
        {
            files[bundle.Path] = OwnFile(pod, await BundleAsync(bundle, cancellationToken), mode);
        }
        else if (source.PodCertificate is not null)
        {
            throw new VolumeFailure("pod certificate projection is not supported by this kubelet");
        }
    }

    private Task<string> BundleAsync(ClusterTrustBundleProjection source, CancellationToken cancellationToken)
    {
        var isOptional = source.Optional == true;
        return source.Name is { } name ? bundles.ByNameAsync(name, isOptional, cancellationToken)
            : source.SignerName is { } signer ? bundles.BySignerAsync(signer, source.LabelSelector, isOptional, cancellationToken)
            : throw new VolumeFailure("ClusterTrustBundle projection requires either name or signerName to be set");
    }

    /// <summary>What the kubelet itself has made for the pod is its user's or its group's alone, where it names one.</summary>
    private static PayloadFile OwnFile(Pod pod, string text, int mode)
    {
        var user = OnlyUser(pod);
        var isOwned = user is not null || pod.Spec.SecurityContext?.FsGroup is not null;
        return new(Encoding.UTF8.GetBytes(text), isOwned ? OwnerOnly : mode, (uint?)user);
    }

    /// <summary>The user that all containers run as; null when they differ or none is given.</summary>
    private static long? OnlyUser(Pod pod)
    {
        var users = pod.AllContainers().Select(c => c.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser).Distinct().ToList();
        return users.Count == 1 ? users[0] : null;
    }

    private async Task AddConfigMapAsync(
        Pod pod, string? name, List<KeyToPath>? items, bool? optional, int mode, Dictionary<string, PayloadFile> files, CancellationToken cancellationToken)
    {
        var map = await objects.FindConfigMapAsync(pod.Metadata.Namespace, name ?? "", cancellationToken);
        if (map is null && optional != true)
        {
            throw new VolumeFailure($"configmap \"{name}\" not found");
        }

        var data = (map?.Data).OrEmpty().ToDictionary(e => e.Key, e => Encoding.UTF8.GetBytes(e.Value));
        foreach (var (key, value) in (map?.BinaryData).OrEmpty())
        {
            data[key] = value;
        }

        Add(data, items, optional, mode, "config", files);
    }

    private async Task AddSecretAsync(
        Pod pod, string? name, List<KeyToPath>? items, bool? optional, int mode, Dictionary<string, PayloadFile> files, CancellationToken cancellationToken)
    {
        var secret = await objects.FindSecretAsync(pod.Metadata.Namespace, name ?? "", cancellationToken);
        if (secret is null && optional != true)
        {
            throw new VolumeFailure($"secret \"{name}\" not found");
        }

        Add((secret?.Data).OrEmpty(), items, optional, mode, "secret", files);
    }

    private static void Add(
        IReadOnlyDictionary<string, byte[]> data, List<KeyToPath>? items, bool? optional, int mode, string kind, Dictionary<string, PayloadFile> files)
    {
        if (items is null or [])
        {
            foreach (var (key, value) in data)
            {
                files[key] = new(value, mode);
            }

            return;
        }

        foreach (var item in items)
        {
            if (data.TryGetValue(item.Key, out var value))
            {
                files[item.Path] = new(value, item.Mode ?? mode);
            }
            else if (optional != true)
            {
                throw new VolumeFailure($"references non-existent {kind} key: {item.Key}");
            }
        }
    }

    private void AddFields(Pod pod, List<DownwardAPIVolumeFile>? items, int mode, Dictionary<string, PayloadFile> files)
    {
        foreach (var item in items.OrEmpty())
        {
            var value = item.FieldRef is { } field
                ? FieldValues.Get(pod, field.FieldPath, hostIPs(), podIPs(pod.Metadata.Uid)) ?? throw new VolumeFailure($"unsupported fieldPath: {field.FieldPath}")
                : ResourceOf(pod, item.ResourceFieldRef!);
            files[item.Path] = new(Encoding.UTF8.GetBytes(value), item.Mode ?? mode);
        }
    }

    private string ResourceOf(Pod pod, ResourceFieldSelector selector)
    {
        var container = pod.FindContainer(selector.ContainerName ?? "") ?? throw new VolumeFailure($"container {selector.ContainerName} not found");
        return ResourceValues.Get(selector, container, allocatable()) ?? throw new VolumeFailure($"unsupported container resource : {selector.Resource}");
    }
}
