using System.Security.Cryptography;
using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// Tells whether a token with a good signature is still valid: its time, its service account, and the pod,
/// secret or node that it is bound to. An object that is being deleted counts until a minute after its end.
/// </summary>
internal sealed class BoundTokenCheck(IObjectSource objects, SecretTokenUses uses, TimeProvider time)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>Throws <see cref="TokenException"/> when the token is no longer valid.</summary>
    public void Verify(ServiceAccountClaims claims, string token)
    {
        var now = time.GetUtcNow();
        if (claims.Expires is { } expires && now - Leeway > expires)
            throw new TokenException("service account token has expired");
        if (claims.NotBefore is { } notBefore && now + Leeway < notBefore)
            throw new TokenException("service account token is not valid yet");
        VerifyServiceAccount(claims);
        if (claims.Secret is { } secret)
            VerifySecret(claims, secret, token);
        if (claims.Pod is { } pod)
            VerifyPod(claims.Namespace, pod);
        else if (claims.Node is { } node)
            VerifyNode(node);
    }

    private void VerifyServiceAccount(ServiceAccountClaims claims)
    {
        var (ns, name) = (claims.Namespace, claims.ServiceAccount.Name);
        var found = objects.Get<ServiceAccount>(ns, name)
            ?? throw new TokenException($"serviceaccounts \"{name}\" not found");
        if (IsGone(found.Metadata))
            throw new TokenException($"service account {ns}/{name} has been deleted");
        if (found.Metadata.Uid != claims.ServiceAccount.Uid)
            throw new TokenException($"service account UID ({found.Metadata.Uid}) does not match claim ({claims.ServiceAccount.Uid})");
    }

    private void VerifySecret(ServiceAccountClaims claims, ObjectName name, string token)
    {
        var found = objects.Get<Secret>(claims.Namespace, name.Name);
        if (found is null || IsGone(found.Metadata))
            throw new TokenException("service account token has been invalidated");
        if (claims.Issuer == ClaimsReader.SecretTokenIssuer)
        {
            var held = found.Data?.GetValueOrDefault("token") ?? [];
            if (!CryptographicOperations.FixedTimeEquals(held, Encoding.UTF8.GetBytes(token)))
                throw new TokenException("service account token has been invalidated");
            uses.Note(found);
            VerifyNotMarked(claims, found);
        }
        else if (found.Metadata.Uid != name.Uid)
        {
            throw new TokenException($"secret UID ({found.Metadata.Uid}) does not match service account secret ref claim ({name.Uid})");
        }
    }

    private static void VerifyNotMarked(ServiceAccountClaims claims, Secret secret)
    {
        if (string.IsNullOrEmpty(secret.Metadata.Labels?.GetValueOrDefault(SecretTokenUses.InvalidSince)))
            return;
        throw new TokenException(
            $"the token in secret {claims.Namespace}/{secret.Metadata.Name} for service account {claims.Namespace}/{claims.ServiceAccount.Name} has been marked invalid. "
            + "Use tokens from the TokenRequest API or manually created secret-based tokens, "
            + $"or remove the '{SecretTokenUses.InvalidSince}' label from the secret to temporarily allow use of this token");
    }

    private void VerifyPod(string ns, ObjectName name)
    {
        var found = objects.Get<Pod>(ns, name.Name);
        if (found is null || IsGone(found.Metadata))
            throw new TokenException("service account token has been invalidated");
        if (found.Metadata.Uid != name.Uid)
            throw new TokenException($"pod UID ({found.Metadata.Uid}) does not match service account pod ref claim ({name.Uid})");
    }

    private void VerifyNode(ObjectName name)
    {
        var found = objects.Get<Node>(null, name.Name);
        if (found is null || IsGone(found.Metadata))
            throw new TokenException("service account token has been invalidated");
        if (found.Metadata.Uid != name.Uid)
            throw new TokenException($"node UID ({found.Metadata.Uid}) does not match service account node ref claim ({name.Uid})");
    }

    private bool IsGone(ObjectMeta metadata) =>
        metadata.DeletionTimestamp is { } deleted && (DateTimeOffset)deleted < time.GetUtcNow() - Leeway;
}
