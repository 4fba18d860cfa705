using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Authorization.V1;
using Sampan.Client;
using Sampan.Client.Access;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Server;

/// <summary>
/// Who may use the kubelet's API. What a client may do the API server decides, except that the API server's own certificate
/// may do everything.
/// </summary>
internal sealed class KubeletAccess(KubeletOptions options)
{
    private readonly KubeletAuthenticator _authenticator = new(options);
    private readonly TimedCache<(string User, string Groups, string Verb, string Subresource), bool> _decisions = new(options.Time);

    private WebhookAuthorization Webhook => options.Configuration.Authorization.Webhook;

    /// <returns>Null when the request may go on, else the status code and the reason.</returns>
    public async Task<(int Status, string Reason)?> RefuseAsync(HttpContext context)
    {
        var certificate = _authenticator.FromCertificate(context.Connection.ClientCertificate);
        if (certificate is not null && options.TrustedClients.Contains(certificate.Name))
        {
            return null;
        }

        try
        {
            var caller = certificate ?? await _authenticator.FromTokenAsync(context);
            return caller is null ? (StatusCodes.Status401Unauthorized, "Unauthorized") : await RefuseAsync(caller, context);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return (StatusCodes.Status500InternalServerError, $"Authorization error (the API server was asked: {e.Message})");
        }
    }

    private async Task<(int Status, string Reason)?> RefuseAsync(Caller caller, HttpContext context)
    {
        if (options.Configuration.Authorization.Mode == KubeletAuthorization.AlwaysAllow)
        {
            return null;
        }

        var verb = KubeletPermissions.Verb(context.Request.Method);
        var subresources = KubeletPermissions.Subresources(context.Request.Path);
        foreach (var subresource in subresources)
        {
            if (await IsAllowedAsync(caller, verb, subresource, context.RequestAborted))
            {
                return null;
            }
        }

        return (StatusCodes.Status403Forbidden, $"Forbidden (user={caller.Name}, verb={verb}, resource=nodes, subresource(s)=[{string.Join(' ', subresources)}])");
    }

    private async Task<bool> IsAllowedAsync(Caller caller, string verb, string subresource, CancellationToken cancellationToken)
    {
        var key = (caller.Name, string.Join('\n', caller.Groups), verb, subresource);
        if (_decisions.TryGet(key, out var known))
        {
            return known;
        }

        var review = new SubjectAccessReview
        {
            Spec = new()
            {
                User = caller.Name,
                Uid = caller.Uid,
                Groups = [.. caller.Groups],
                ResourceAttributes = new() { Verb = verb, Version = "v1", Resource = "nodes", Subresource = subresource, Name = options.NodeName },
            },
        };
        var allowed = (await options.Client.CreateAsync(review, cancellationToken)).Status.Allowed;
        _decisions.Set(key, allowed, allowed ? Webhook.CacheAuthorizedTtl : Webhook.CacheUnauthorizedTtl);
        return allowed;
    }
}
