using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Client;

namespace Sampan.Cluster.Tests.Join;

/// <summary>An API server that knows certificate requests only, and answers each at once: signed, or denied.</summary>
internal sealed class Signer : IApiTransport
{
    private readonly Dictionary<string, CertificateSigningRequest> _requests = [];
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _authority;

    public Signer(TimeProvider time)
    {
        _time = time;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(time.GetUtcNow(), time.GetUtcNow().AddYears(10));
    }

    public bool Denies { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(365);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Verb == ApiVerbs.Create)
        {
            var created = (CertificateSigningRequest)((IObject)request.Content!.Value);
            created.Metadata.Name = $"csr-{_requests.Count}";
            created.Status = Denies
                ? new() { Conditions = [new() { Type = "Denied", Status = "True", Reason = "Test", Message = "not now" }] }
                : new() { Certificate = Encoding.ASCII.GetBytes(Sign(Encoding.ASCII.GetString(created.Spec.Request))) };
            _requests[created.Metadata.Name] = created;
            return Task.FromResult(new ApiResponse { Value = created });
        }

        return Task.FromResult(new ApiResponse { Value = _requests[request.Name!] });
    }

    public IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        _authority.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Sign(string pem)
    {
        var request = CertificateRequest.LoadSigningRequestPem(
            pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        var now = _time.GetUtcNow();
        using var certificate = request.Create(_authority, now.AddMinutes(-1) < _authority.NotBefore ? now : now.AddMinutes(-1), now + Lifetime, RandomNumberGenerator.GetBytes(8));
        return certificate.ExportCertificatePem();
    }
}
