using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Server;

/// <summary>
/// Who may use the kubelet's API. A client is known by its certificate or by a token that the API server confirms; what it
/// may do the API server decides, except that the API server's own certificate may do everything.
/// </summary>
internal sealed class KubeletAccess(KubeletOptions options)
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    /// <returns>Null when the request may go on, else the status code and the reason.</returns>
    public async Task<(int Status, string Reason)?> RefuseAsync(HttpContext context)
    {
        var certificate = FromCertificate(context.Connection.ClientCertificate);
        if (certificate is not null && options.TrustedClients.Contains(certificate.Name))
        {
            return null;
        }

        try
        {
            var caller = certificate ?? await FromTokenAsync(context);
            if (caller is null)
            {
                return (StatusCodes.Status401Unauthorized, "Unauthorized");
            }

            return await IsAllowedAsync(caller, context)
                ? null
                : (StatusCodes.Status403Forbidden, $"Forbidden (user={caller.Name}, verb={Verb(context)}, resource=nodes, subresource(s)=[{Subresource(context.Request.Path)}])");
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return (StatusCodes.Status500InternalServerError, $"Authorization error (the API server was asked: {e.Message})");
        }
    }

    /// <summary>The parts of a node that permissions are given for, as upstream names them.</summary>
    internal static string Subresource(string path) => path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() switch
    {
        "stats" => "stats",
        "metrics" => "metrics",
        "logs" => "log",
        "spec" => "spec",
        "checkpoint" => "checkpoint",
        "healthz" => "healthz",
        "pods" or "runningpods" => "pods",
        "configz" => "configz",
        _ => "proxy",
    };

    private static string Verb(HttpContext context) => context.Request.Method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "get",
    };

    private Caller? FromCertificate(X509Certificate2? certificate)
    {
        if (certificate is null || options.ClientCertificateAuthorities is not { } authorities)
        {
            return null;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = options.Time.GetUtcNow().LocalDateTime;
        if (!chain.Build(certificate))
        {
            return null;
        }

        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToLookup(n => n.GetSingleElementType().Value, n => n.GetSingleElementValue() ?? "");
        return names[CommonName].FirstOrDefault() is { } name ? new Caller(name, "", [.. names[Organization], "system:authenticated"]) : null;
    }

    private async Task<Caller?> FromTokenAsync(HttpContext context)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var review = new TokenReview { Spec = new() { Token = header[scheme.Length..].Trim() } };
        var answer = await options.Client.CreateAsync(review, context.RequestAborted);
        return answer.Status is { Authenticated: true, User: { } user }
            ? new Caller(user.Username ?? "", user.Uid ?? "", [.. user.Groups.OrEmpty()])
            : null;
    }

    private async Task<bool> IsAllowedAsync(Caller caller, HttpContext context)
    {
        var review = new SubjectAccessReview
        {
            Spec = new()
            {
                User = caller.Name,
                Uid = caller.Uid,
                Groups = [.. caller.Groups],
                ResourceAttributes = new()
                {
                    Verb = Verb(context),
                    Version = "v1",
                    Resource = "nodes",
                    Subresource = Subresource(context.Request.Path),
                    Name = options.NodeName,
                },
            },
        };
        return (await options.Client.CreateAsync(review, context.RequestAborted)).Status.Allowed;
    }

    private sealed record Caller(string Name, string Uid, IReadOnlyList<string> Groups);
}
