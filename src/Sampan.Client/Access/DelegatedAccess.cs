using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;

namespace Sampan.Client.Access;

/// <summary>
/// Lets through who may see what a component serves: the API server says whose a token is and what its owner may do.
/// Upstream: apiserver's delegated authentication and authorization.
/// </summary>
public sealed class DelegatedAccess(DelegatedAccessOptions options)
{
    private const string Scheme = "Bearer ";
    private const string Masters = "system:masters";
    private static readonly User Anonymous = new("system:anonymous", "", ["system:unauthenticated"]);
    private readonly TimedCache<string, User?> _tokens = new(options.Time);
    private readonly TimedCache<(string User, string Groups, string Verb, string Path), bool> _decisions = new(options.Time);

    /// <returns>Null when the request may go on.</returns>
    public async Task<StatusException?> RefuseAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (options.AlwaysAllowed.Any(allowed => allowed.EndsWith('*') ? path.StartsWith(allowed[..^1], StringComparison.Ordinal) : path == allowed)) return null;
        try
        {
            if (await UserOfAsync(http) is not { } user) return StatusException.Unauthorized();
            var verb = http.Request.Method.ToLowerInvariant();
            if (user.Groups.Contains(Masters) || await MayAsync(user, verb, path, http.RequestAborted)) return null;
            return StatusException.Forbidden(default, "", $"User \"{user.Name}\" cannot {verb} path \"{path}\"");
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return StatusException.InternalError($"the API server was asked: {e.Message}");
        }
    }

    /// <summary>Whoever shows nothing is anonymous; a token that nobody knows is refused.</summary>
    private async Task<User?> UserOfAsync(HttpContext http)
    {
        if (await OfCertificateAsync(http) is { } holder) return holder;
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || options.Authentication is null) return Anonymous;
        return await ReviewAsync(options.Authentication, header[Scheme.Length..].Trim(), http.RequestAborted);
    }

    private async ValueTask<User?> OfCertificateAsync(HttpContext http)
    {
        if (http.Connection.ClientCertificate is not { } certificate || options.ClientAuthorities is null) return null;
        if (await options.ClientAuthorities(http.RequestAborted) is not { } authorities) return null;
        return CertificateSubject.Of(certificate, authorities, options.Time.GetUtcNow()) is { } subject ? new(subject.Name, "", [.. subject.Groups, "system:authenticated"]) : null;
    }

    private async Task<User?> ReviewAsync(ApiClient client, string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_tokens.TryGet(key, out var known)) return known;
        var answer = await client.CreateAsync(new TokenReview { Spec = new() { Token = token } }, cancellationToken);
        var user = answer.Status is { Authenticated: true, User: { } found } ? new User(found.Username ?? "", found.Uid ?? "", [.. found.Groups.OrEmpty()]) : null;
        _tokens.Set(key, user, options.TokenTtl);
        return user;
    }

    private async Task<bool> MayAsync(User user, string verb, string path, CancellationToken cancellationToken)
    {
        var key = (user.Name, string.Join('\n', user.Groups), verb, path);
        if (_decisions.TryGet(key, out var known)) return known;
        var review = new SubjectAccessReview
        {
            Spec = new() { User = user.Name, Uid = user.Uid, Groups = [.. user.Groups], NonResourceAttributes = new() { Verb = verb, Path = path } },
        };
        var allowed = (await options.Authorization.CreateAsync(review, cancellationToken)).Status.Allowed;
        _decisions.Set(key, allowed, allowed ? options.AllowedTtl : options.DeniedTtl);
        return allowed;
    }

    private sealed record User(string Name, string Uid, IReadOnlyList<string> Groups);
}
