using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Volumes.Payload;
using AccessMode = Sampan.Kubelet.Volumes.Csi.VolumeCapability.Types.AccessMode.Types.Mode;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>What requests to drivers have in common: how a volume is used, secrets, and what a driver may know of the pod.</summary>
internal sealed class CsiRequests(ICsiApi api, IPodObjects objects, ServiceAccountTokens tokens)
{
    private const string Prefix = "csi.storage.k8s.io/";
    private const string Tokens = Prefix + "serviceAccount.tokens";

    public async Task<VolumeCapability> CapabilityAsync(CsiDriverClient driver, Pod? pod, CsiVolume volume, CancellationToken cancellationToken)
    {
        var distinguishes = await driver.CanAsync(Capability.SingleNodeMultiWriter, cancellationToken);
        var result = new VolumeCapability { AccessMode = new() { Mode = ModeOf(volume, distinguishes) } };
        if (volume.IsBlock)
        {
            result.Block = new();
            return result;
        }

        result.Mount = new() { FsType = volume.FsType, MountFlags = { volume.MountOptions } };
        if (pod?.Spec.SecurityContext?.FsGroup is { } group && await driver.CanAsync(Capability.VolumeMountGroup, cancellationToken))
        {
            result.Mount.VolumeMountGroup = $"{group}";
        }

        return result;
    }

    /// <exception cref="VolumeFailure">There is no such secret.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SecretsAsync(SecretReference? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
        {
            return new Dictionary<string, string>();
        }

        var (ns, name) = (reference.Namespace ?? "", reference.Name ?? "");
        var secret = await objects.FindSecretAsync(ns, name, cancellationToken)
            ?? throw new VolumeFailure($"failed to find the secret {name} in the namespace {ns} with error: secrets \"{name}\" not found");
        return secret.Data.OrEmpty().ToDictionary(e => e.Key, e => System.Text.Encoding.UTF8.GetString(e.Value));
    }

    /// <summary>Adds to a publishing request what the cluster says that this driver wants to know of the pod.</summary>
    public async Task AddPodAsync(NodePublishVolumeRequest request, Pod pod, CsiVolume volume, CancellationToken cancellationToken)
    {
        if (api.Driver(volume.Driver)?.Spec is not { } driver)
        {
            return;
        }

        if (driver.PodInfoOnMount == true)
        {
            request.VolumeContext[Prefix + "pod.name"] = pod.Metadata.Name;
            request.VolumeContext[Prefix + "pod.namespace"] = pod.Metadata.Namespace;
            request.VolumeContext[Prefix + "pod.uid"] = pod.Metadata.Uid;
            request.VolumeContext[Prefix + "serviceAccount.name"] = pod.Spec.ServiceAccountName ?? "";
            request.VolumeContext[Prefix + "ephemeral"] = volume.IsEphemeral ? "true" : "false";
        }

        if (driver.TokenRequests is { Count: > 0 } wanted)
        {
            var target = driver.ServiceAccountTokenInSecrets == true ? request.Secrets : request.VolumeContext;
            target[Tokens] = await TokensAsync(pod, wanted, cancellationToken);
        }
    }

    private async Task<string> TokensAsync(Pod pod, IEnumerable<Api.Storage.V1.TokenRequest> wanted, CancellationToken cancellationToken)
    {
        var result = new JsonObject();
        foreach (var request in wanted)
        {
            var token = await tokens.GetAsync(pod, request.Audience, request.ExpirationSeconds, cancellationToken);
            result[request.Audience] = new JsonObject { ["token"] = token.Token, ["expirationTimestamp"] = token.ExpiresAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") };
        }

        return result.ToJsonString();
    }

    private static AccessMode ModeOf(CsiVolume volume, bool distinguishes) => volume.AccessModes.FirstOrDefault() switch
    {
        "ReadOnlyMany" => AccessMode.MultiNodeReaderOnly,
        "ReadWriteMany" => AccessMode.MultiNodeMultiWriter,
        "ReadWriteOncePod" when distinguishes => AccessMode.SingleNodeSingleWriter,
        _ when distinguishes => AccessMode.SingleNodeMultiWriter,
        _ => AccessMode.SingleNodeWriter,
    };
}
