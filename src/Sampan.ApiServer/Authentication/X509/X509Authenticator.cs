using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Authentication.X509;

/// <summary>
/// The user of a client certificate: its common name, in the groups that its organizations name.
/// A connection hands out one certificate object, so the verdict is kept with that object.
/// </summary>
internal sealed class X509Authenticator(ClientCertificateVerifier verifier, TimeProvider time, MetricRegistry metrics) : IAuthenticator
{
    private const string CredentialId = "authentication.kubernetes.io/credential-id";

    /// <summary>From none over half an hour and a day to a year, in seconds.</summary>
    private static readonly double[] Left =
        [0, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 345600, 604800, 2592000, 7776000, 15552000, 31104000];

    private readonly HistogramValue _left = metrics.Histogram(
        "apiserver_client_certificate_expiration_seconds", "How long the certificates that clients show are still valid.", Left).With();

    private readonly ConditionalWeakTable<X509Certificate2, Verdict> _verdicts = [];

    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Connection.ClientCertificate is not { } certificate)
            return ValueTask.FromResult<UserInfo?>(null);
        var verdict = _verdicts.GetValue(certificate, Judge);
        if (verdict.Authorities != verifier.Authorities)
        {
            _verdicts.AddOrUpdate(certificate, verdict = Judge(certificate));
        }
        var now = time.GetUtcNow();
        _left.Observe((verdict.NotAfter - now).TotalSeconds);
        if (verdict.User is null || now > verdict.NotAfter)
            throw StatusException.Unauthorized("Unauthorized");
        return ValueTask.FromResult<UserInfo?>(verdict.User);
    }

    private Verdict Judge(X509Certificate2 certificate)
    {
        // Read first: renewed meanwhile, they are asked again.
        var authorities = verifier.Authorities;
        return new(verifier.Refusal(certificate) is null ? UserOf(certificate) : null, certificate.NotAfter.ToUniversalTime(), authorities);
    }

    private static UserInfo? UserOf(X509Certificate2 certificate)
    {
        if (SubjectName.TryRead(certificate.SubjectName.RawData) is not { CommonName.Length: > 0 } subject)
            return null;
        var id = $"X509SHA256={Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span))}";
        var extra = new Dictionary<string, IReadOnlyList<string>> { [CredentialId] = [id] };
        return new UserInfo(subject.CommonName, subject.Organizations, subject.Uid, extra).Authenticated();
    }

    private sealed record Verdict(UserInfo? User, DateTimeOffset NotAfter, X509Certificate2Collection Authorities);
}
