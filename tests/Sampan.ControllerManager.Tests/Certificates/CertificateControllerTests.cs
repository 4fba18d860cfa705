using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Certificates.V1;
using Sampan.ControllerManager.Certificates;

namespace Sampan.ControllerManager.Tests.Certificates;

public sealed class CertificateControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly SigningKey _authority;

    public CertificateControllerTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = _harness.Time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        _authority = new SigningKey(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private FakeApi Api => _harness.Api;

    private CertificateSigningRequest Request => Api.Find<CertificateSigningRequest>(null, "csr")!;

    [Fact]
    public async Task Sign_ApprovedClientRequest_IssuesACertificateOfTheAuthority()
    {
        Put(SignerNames.KubeApiServerClient, "CN=anna,O=team", ["client auth", "digital signature"], approved: true, change: r => r.Spec.ExpirationSeconds = 7200);
        await StartSignerAsync();
        await _harness.UntilAsync(() => Request.IsIssued(), "a certificate");
        using var issued = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Request.Status.Certificate!));
        Assert.Contains("CN=anna", issued.Subject, StringComparison.Ordinal);
        Assert.Equal("CN=test-ca", issued.Issuer);
        Assert.Equal(_harness.Time.GetUtcNow().AddHours(2).UtcDateTime, issued.NotAfter.ToUniversalTime());
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(issued.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>()).Value);
    }

    [Theory]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one,O=system:nodes", "server auth", true, null)]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one,O=system:nodes", "server auth", false, "DNS or IP subjectAltName is required")]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one", "server auth", true, "subject organization is not system:nodes")]
    [InlineData(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", "client auth", false, null)]
    [InlineData(SignerNames.KubeletClient, "CN=one,O=system:nodes", "client auth", false, "subject common name does not begin with system:node: ")]
    [InlineData(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", "client auth", true, "DNS subjectAltNames are not allowed")]
    [InlineData(SignerNames.KubeApiServerClient, "CN=anna", "server auth", false, "usages did not match [key encipherment digital signature client auth]")]
    [InlineData(SignerNames.LegacyUnknown, "CN=anna", "code signing", true, null)]
    public async Task Sign_EachSigner_HasItsRules(string signer, string subject, string usage, bool names, string? refusal)
    {
        Put(signer, subject, ["digital signature", usage], approved: true, names);
        await StartSignerAsync();
        await _harness.UntilAsync(() => Request.IsIssued() || Request.Condition("Failed") is not null, "an answer");
        Assert.Equal(refusal, Request.Condition("Failed")?.Message);
        Assert.Equal(refusal is null, Request.IsIssued());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Sign_NotApproved_Waits(bool approved, bool denied)
    {
        Put(SignerNames.LegacyUnknown, "CN=anna", ["client auth"], approved, change: r =>
        {
            if (denied) RequestStates.Add(r, "Denied", "No", "", _harness.Time.GetUtcNow());
        });
        await StartSignerAsync();
        await _harness.SettleAsync();
        Assert.False(Request.IsIssued());
    }

    [Theory]
    [InlineData("system:node:one", "selfnodeclient", true)]
    [InlineData("system:bootstrap:abcdef", "nodeclient", true)]
    [InlineData("system:bootstrap:abcdef", "selfnodeclient", false)]
    public async Task Approve_KubeletClient_WhenAuthorizationAllows(string user, string allowed, bool approved)
    {
        Api.Special = r => r.Content?.Value is SubjectAccessReview review
            ? Reviewed(review, review.Spec.User == user && review.Spec.ResourceAttributes!.Subresource == allowed) : null;
        Put(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", ["digital signature", "client auth"], approved: false, change: r => r.Spec.Username = user);
        await _harness.StartAsync(c => new ApprovingController(c));
        await _harness.SettleAsync();
        Assert.Equal(approved ? "AutoApproved" : null, Request.Condition("Approved")?.Reason);
    }

    [Theory]
    [InlineData(null, 24)]
    [InlineData("Approved", 1)]
    [InlineData("Denied", 1)]
    [InlineData("Failed", 1)]
    public async Task Clean_Answered_GoesInTime(string? condition, int hours)
    {
        Put(SignerNames.LegacyUnknown, "CN=anna", ["client auth"], approved: false, change: r =>
        {
            if (condition is not null) RequestStates.Add(r, condition, "x", "", _harness.Time.GetUtcNow());
        });
        await _harness.StartAsync(c => new CleaningController(c));
        await _harness.AdvanceAsync(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        Assert.Single(Api.List<CertificateSigningRequest>());
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(Api.List<CertificateSigningRequest>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static SubjectAccessReview Reviewed(SubjectAccessReview review, bool allowed)
    {
        var copy = review.DeepClone();
        copy.Status.Allowed = allowed;
        return copy;
    }

    private Task StartSignerAsync() =>
        _harness.StartAsync(c => new SigningController(c, SignerNames.All.ToDictionary(n => n, _ => _authority), TimeSpan.FromDays(365)));

    private void Put(string signer, string subject, List<string> usages, bool approved, bool names = false, Action<CertificateSigningRequest>? change = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var builder = new SubjectAlternativeNameBuilder();
        builder.AddDnsName("one.example");
        builder.AddIpAddress(IPAddress.Loopback);
        if (names) request.CertificateExtensions.Add(builder.Build());
        var csr = new CertificateSigningRequest
        {
            Metadata = new ObjectMeta { Name = "csr" },
            Spec = new CertificateSigningRequestSpec
            {
                SignerName = signer, Usages = usages, Request = Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()),
            },
        };
        if (approved) RequestStates.Add(csr, "Approved", "Test", "", _harness.Time.GetUtcNow());
        change?.Invoke(csr);
        Api.Put(csr);
    }
}
