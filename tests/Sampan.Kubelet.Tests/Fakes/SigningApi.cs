using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;
using Sampan.Client;
using CertificateRequest = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>An API server that signs what it is asked to, for ten days.</summary>
internal sealed class SigningApi(TimeProvider time) : IApiTransport
{
    private readonly ConcurrentDictionary<string, CertificateSigningRequest> _requests = new();

    /// <summary>Says why a request is refused; null to sign it.</summary>
    public Func<string?> Refusal { get; set; } = () => null;

    public IEnumerable<CertificateSigningRequest> Requests => _requests.Values.OrderBy(r => r.Metadata.Name, StringComparer.Ordinal);

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Content?.Value is CertificateSigningRequest created)
        {
            var asked = created.DeepClone();
            asked.Metadata.Name = $"csr-{_requests.Count}";
            _requests[asked.Metadata.Name] = asked;
            return Task.FromResult(new ApiResponse { Value = asked });
        }

        var answer = _requests[$"csr-{_requests.Count - 1}"].DeepClone();
        if (Refusal() is { } why)
        {
            answer.Status.Conditions = [new() { Type = "Denied", Status = "True", Reason = "No", Message = why }];
        }
        else
        {
            answer.Status.Certificate = Encoding.ASCII.GetBytes(Sign(Encoding.ASCII.GetString(answer.Spec.Request)));
        }

        return Task.FromResult(new ApiResponse { Value = answer });
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Sign(string request)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = CertificateRequest.LoadSigningRequestPem(request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        using var signed = asked.Create(new X500DistinguishedName("CN=test"), X509SignatureGenerator.CreateForECDsa(key), time.GetUtcNow(), time.GetUtcNow().AddDays(10), [1, 2, 3]);
        return signed.ExportCertificatePem();
    }
}
