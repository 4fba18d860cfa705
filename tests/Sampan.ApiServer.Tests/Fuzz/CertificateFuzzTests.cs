using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.ApiServer.Authentication.X509;
using Sampan.ApiServer.Registry.Certificates;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>Bad certificates and requests for them: a complaint or none, never another failure.</summary>
public sealed class CertificateFuzzTests : IDisposable
{
    private const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Mutator _mutator = new(seed: 11);
    private readonly byte[] _request;
    private readonly byte[] _certificate;
    private readonly byte[] _subject;

    public CertificateFuzzTests()
    {
        var request = new CertificateRequest("CN=jane,O=dev,O=ops,OU=x", _key, HashAlgorithmName.SHA256);
        _request = request.CreateSigningRequest();
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        (_certificate, _subject) = (certificate.RawData, certificate.SubjectName.RawData);
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void SigningRequest_BadBytes_AreComplainedAbout() => Run(() => PemChecks.ComplaintAboutRequest(BadPem("CERTIFICATE REQUEST", _request)));

    [Fact]
    public void Certificate_BadBytes_AreComplainedAbout() => Run(() => PemChecks.ComplaintAboutCertificates(BadPem("CERTIFICATE", _certificate)));

    [Fact]
    public void Subject_BadBytes_AreReadOrNot() => Run(() => SubjectName.TryRead(_mutator.Change(_subject)));

    [Fact]
    public async Task Create_BadRequest_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        for (var round = 0; round < 200; round++)
        {
            var body = new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = $"r{round}" },
                ["spec"] = new JsonObject
                {
                    ["request"] = Convert.ToBase64String(BadPem("CERTIFICATE REQUEST", _request)),
                    ["signerName"] = "kubernetes.io/kube-apiserver-client",
                    ["usages"] = new JsonArray("client auth"),
                },
            };
            var answer = await server.SendAsync("POST", Requests, body.ToJsonString());
            Assert.True(answer.Code < 500, answer.Text);
        }
    }

    /// <summary>Wrong inside the encoding, or in the encoding itself.</summary>
    private byte[] BadPem(string label, byte[] der) => _mutator.Next(3) == 0
        ? _mutator.Change(Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der)))
        : Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, _mutator.Change(der)));

    private static void Run(Action read)
    {
        for (var round = 0; round < 1000; round++) read();
    }
}
