using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>Proves to a provider which service account a pod has: with a token for it, bound to the pod.</summary>
internal sealed class AccountProofs(TokenAttributes attributes, IPodObjects objects)
{
    /// <returns>Whether the provider is asked at all, and with which proof; none for a pod without an account.</returns>
    public async Task<(bool IsAsked, AccountProof? Proof)> FindAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (pod.Spec.ServiceAccountName is not { Length: > 0 } name)
        {
            return (attributes.IsRequired != true, null);
        }

        var account = await objects.FindServiceAccountAsync(pod.Metadata.Namespace, name, cancellationToken)
            ?? throw new IOException($"serviceaccounts \"{name}\" not found");
        var annotations = account.Metadata.Annotations.OrEmpty();
        if (!attributes.RequiredAnnotations.All(annotations.ContainsKey))
        {
            // Without them the account has not asked for such logins.
            return (false, null);
        }

        var shown = attributes.RequiredAnnotations.Concat(attributes.OptionalAnnotations).Where(annotations.ContainsKey).ToDictionary(key => key, key => annotations[key]);
        return (true, new AccountProof(new PullSource(account.Metadata.Uid, account.Metadata.Namespace, name, IsServiceAccount: true), await TokenAsync(pod, name, cancellationToken), shown));
    }

    private async Task<string> TokenAsync(Pod pod, string account, CancellationToken cancellationToken)
    {
        var request = new TokenRequest();
        request.Spec.Audiences = [attributes.Audience];
        request.Spec.BoundObjectRef = new() { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };
        return (await objects.CreateTokenAsync(pod.Metadata.Namespace, account, request, cancellationToken)).Status.Token;
    }
}
