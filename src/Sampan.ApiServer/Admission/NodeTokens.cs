using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Authorization;
using TokenRequest = Sampan.Api.Authentication.V1.TokenRequest;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Which tokens of service accounts a kubelet gets: those that are bound to a pod of its node, for whom the pod's volumes name. What else
/// it may ask for (credential providers do) roles say, with a verb of their own on the audience.
/// </summary>
internal sealed class NodeTokens(IObjectSource objects, IAuthorizer authorizer)
{
    private const string AudienceVerb = "request-serviceaccounts-token-audience";

    public async ValueTask CheckAsync(AdmissionRequest request, string node)
    {
        if (request.Body is not TokenRequest { Spec: var spec } || spec.BoundObjectRef is not { ApiVersion: "v1", Kind: "Pod", Name: { Length: > 0 } name } bound)
        {
            throw request.Forbidden("node requested token not bound to a pod");
        }
        if (string.IsNullOrEmpty(bound.Uid))
        {
            throw request.Forbidden("node requested token with a pod binding without a uid");
        }
        var pod = objects.Get<Pod>(request.Namespace, name) ?? throw StatusException.NotFound(new GroupResource("", "pods"), name);
        if (bound.Uid != pod.Metadata.Uid)
        {
            throw request.Forbidden($"the UID in the bound object reference ({bound.Uid}) does not match the UID in record. The object might have been deleted and then recreated");
        }
        if (pod.Spec.NodeName != node)
        {
            throw request.Forbidden("node requested token bound to a pod scheduled on a different node");
        }
        await CheckAudienceAsync(request, pod, spec.Audiences.OrEmpty());
    }

    private async ValueTask CheckAudienceAsync(AdmissionRequest request, Pod pod, IReadOnlyList<string> audiences)
    {
        if (audiences.Count > 1)
        {
            throw request.Forbidden("node may only request 0 or 1 audiences");
        }
        string audience = audiences.Count == 1 ? audiences[0] : "";
        if (pod.Spec.Volumes.OrEmpty().SelectMany(volume => Audiences(pod, volume)).Contains(audience))
        {
            return;
        }
        var question = AuthorizerAttributes.ForResource(request.User, AudienceVerb, "", audience, request.Namespace, request.Name);
        if (!(await authorizer.AuthorizeAsync(question, request.Context.Cancelled)).IsAllowed)
        {
            throw request.Forbidden($"audience {GoText.Quote(audience)} not found in pod spec volume, {request.User.Name} is not authorized to request tokens for this audience");
        }
    }

    /// <summary>Whom a volume's tokens are for; empty stands for the API server.</summary>
    private IEnumerable<string> Audiences(Pod pod, Volume volume)
    {
        foreach (var source in (volume.Projected?.Sources).OrEmpty())
        {
            if (source.ServiceAccountToken is { } token) yield return token.Audience ?? "";
        }
        if (Driver(pod, volume) is { } driver)
        {
            foreach (var request in (objects.Get<CSIDriver>(null, driver)?.Spec.TokenRequests).OrEmpty()) yield return request.Audience;
        }
    }

    private string? Driver(Pod pod, Volume volume)
    {
        if (volume.Csi is { } csi)
        {
            return csi.Driver;
        }
        string? name = volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}");
        return name is not null && objects.Get<PersistentVolumeClaim>(pod.Metadata.Namespace, name)?.Spec.VolumeName is { Length: > 0 } bound
            ? objects.Get<PersistentVolume>(null, bound)?.Spec.Csi?.Driver
            : null;
    }
}
