using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Client.Access;

namespace Sampan.Kubelet.Server;

/// <summary>Finds out who a client is: by its certificate, by a token that the API server confirms, or not at all.</summary>
internal sealed class KubeletAuthenticator(KubeletOptions options)
{
    private const string Authenticated = "system:authenticated";
    private readonly TimedCache<string, Caller?> _tokens = new(options.Time);

    /// <summary>The holder of a certificate of the right authority; null for any other.</summary>
    public Caller? FromCertificate(X509Certificate2? certificate)
    {
        if (certificate is null || options.ClientCertificateAuthorities is not { } authorities)
        {
            return null;
        }

        return CertificateSubject.Of(certificate, authorities(), options.Time.GetUtcNow()) is { } subject ? new Caller(subject.Name, "", [.. subject.Groups, Authenticated]) : null;
    }

    /// <summary>The owner of the request's token. Whoever has none is anonymous, where that is allowed; null means refused.</summary>
    public async Task<Caller?> FromTokenAsync(HttpContext context)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && options.Configuration.Authentication.Webhook.Enabled)
        {
            return await ReviewAsync(header[scheme.Length..].Trim(), context.RequestAborted);
        }

        return header.Length == 0 && options.Configuration.Authentication.Anonymous.Enabled ? Caller.Anonymous : null;
    }

    private async Task<Caller?> ReviewAsync(string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_tokens.TryGet(key, out var known))
        {
            return known;
        }

        var review = new TokenReview { Spec = new() { Token = token } };
        var answer = await options.Client.CreateAsync(review, cancellationToken);
        var caller = answer.Status is { Authenticated: true, User: { } user } ? new Caller(user.Username ?? "", user.Uid ?? "", [.. user.Groups.OrEmpty()]) : null;
        _tokens.Set(key, caller, options.Configuration.Authentication.Webhook.CacheTtl);
        return caller;
    }
}
