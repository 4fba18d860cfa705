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
    private SigningKey _authority;

    public CertificateControllerTests()
    {
        _authority = NewAuthority("test-ca");
    }

    private SigningKey NewAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = _harness.Time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        return new SigningKey(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
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

    [Fact]
    public async Task Sign_AuthorityIsReplaced_TheNewOneSigns()
    {
        await StartSignerAsync();
        _authority = NewAuthority("next-ca");
        Put(SignerNames.KubeApiServerClient, "CN=anna", ["client auth"], approved: true);
        await _harness.UntilAsync(() => Request.IsIssued(), "a certificate");
        using var issued = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Request.Status.Certificate!));
        Assert.Equal("CN=next-ca", issued.Issuer);
    }

    [Theory]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one,O=system:nodes", "server auth", true, null)]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one,O=system:nodes", "server auth", false, "DNS or IP subjectAltName is required")]
    [InlineData(SignerNames.KubeletServing, "CN=system:node:one", "server auth", true, "subject organization is not system:nodes")]
    [InlineData(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", "client auth", false, null)]
    [InlineData(SignerNames.KubeletClient, "CN=one,O=system:nodes", "client auth", false, "subject common name does not begin with system:node: ")]
    [InlineData(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", "client auth", true, "DNS subjectAltNames are not allowed")]
    [InlineData(SignerNames.KubeletServing, "CN=one,O=system:nodes", "server auth", true, "subject common name does not begin with system:node: ")]
    [InlineData(SignerNames.KubeletServing, "CN=one,O=system:nodes", "client auth", true, "usages did not match [digital signature key encipherment server auth]")]
    [InlineData(SignerNames.KubeletClient, "CN=system:node:one,O=system:nodes", "server auth", false, "usages did not match [client auth digital signature key encipherment]")]
    [InlineData(SignerNames.KubeApiServerClient, "CN=anna,O=team", "client auth", true, null)]
    [InlineData(SignerNames.KubeApiServerClient, "CN=anna", "server auth", false, "invalid usage for client certificate: server auth")]
    [InlineData(SignerNames.KubeApiServerClient, "CN=anna", "key encipherment", false, "missing required usage for client certificate: client auth")]
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

    [Fact]
    public async Task Sign_ClientPurposeAlone_IsEnoughForAClientOfTheApiServer()
    {
        Put(SignerNames.KubeApiServerClient, "CN=anna", ["client auth"], approved: true);
        await StartSignerAsync();
        await _harness.UntilAsync(() => Request.IsIssued(), "a certificate");
    }

    [Theory]
    [InlineData(1800, 30)]
    [InlineData(10800, 60)]
    [InlineData(-60, 10)]
    [InlineData(599, 10)]
    [InlineData(600, 10)]
    [InlineData(3600, 60)]
    [InlineData(null, 60)]
    public async Task Sign_AskedForSomeTime_GetsItWithinLimits(int? seconds, int minutes)
    {
        Put(SignerNames.LegacyUnknown, "CN=anna", ["client auth"], approved: true, change: r => r.Spec.ExpirationSeconds = seconds);
        await StartSignerAsync(TimeSpan.FromHours(1));
        await _harness.UntilAsync(() => Request.IsIssued(), "a certificate");
        using var issued = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Request.Status.Certificate!));
        Assert.Equal(_harness.Time.GetUtcNow().AddMinutes(minutes).UtcDateTime, issued.NotAfter.ToUniversalTime());
        Assert.Equal(_harness.Time.GetUtcNow().AddMinutes(-5).UtcDateTime, issued.NotBefore.ToUniversalTime());
    }

    [Fact]
    public async Task Sign_AuthorityHasExpired_WaitsForAnotherOne()
    {
        Put(SignerNames.LegacyUnknown, "CN=anna", ["client auth"], approved: true);
        _harness.Time.Advance(TimeSpan.FromDays(6 * 365));
        await StartSignerAsync();
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(Request.IsIssued());
        Assert.Null(Request.Condition("Failed"));
    }

    [Fact]
    public async Task Approve_ServingCertificateOfANode_IsLeftToPeople()
    {
        Put(SignerNames.KubeletServing, "CN=system:node:one,O=system:nodes", ["digital signature", "server auth"], approved: false, names: true);
        await _harness.StartAsync(c => new ApprovingController(c));
        await _harness.SettleAsync();
        Assert.DoesNotContain(Api.Requests, r => r.Content?.Value is SubjectAccessReview);
    }

    /// <summary>Upstream's table: answered requests go an hour after their answer; approval alone is none.</summary>
    [Theory]
    [InlineData("", false, 24)]
    [InlineData("Approved", true, 1)]
    [InlineData("Approved", false, null)]
    [InlineData("Denied", false, 1)]
    [InlineData("Approved Failed", false, 1)]
    [InlineData("Denied Failed", false, 1)]
    public async Task Clean_Answered_GoesInTime(string conditions, bool issued, int? hours)
    {
        PutAnswered(conditions, issued ? CertificateUntil(_harness.Time.GetUtcNow().AddYears(1)) : null);
        await _harness.StartAsync(c => new CleaningController(c));
        await _harness.AdvanceAsync(TimeSpan.FromHours(hours ?? 1000) - TimeSpan.FromSeconds(1));
        Assert.Single(Api.List<CertificateSigningRequest>());
        if (hours is null) return;
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(Api.List<CertificateSigningRequest>());
    }

    [Fact]
    public async Task Clean_CertificateExpires_GoesWithIt()
    {
        PutAnswered("Approved", CertificateUntil(_harness.Time.GetUtcNow().AddMinutes(20)));
        await _harness.StartAsync(c => new CleaningController(c));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(19));
        Assert.Single(Api.List<CertificateSigningRequest>());
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(Api.List<CertificateSigningRequest>());
    }

    [Fact]
    public async Task Clean_CertificateThatNobodyCanRead_GoesAfterAnHour()
    {
        PutAnswered("Approved", "garbage"u8.ToArray());
        await _harness.StartAsync(c => new CleaningController(c));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(61));
        Assert.Empty(Api.List<CertificateSigningRequest>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static SubjectAccessReview Reviewed(SubjectAccessReview review, bool allowed)
    {
        var copy = review.DeepClone();
        copy.Status.Allowed = allowed;
        return copy;
    }

    private Task StartSignerAsync(TimeSpan? lifetime = null) =>
        _harness.StartAsync(c => new SigningController(c, SignerNames.All.ToDictionary(n => n, _ => (Func<SigningKey>)(() => _authority)), lifetime ?? TimeSpan.FromDays(365)));

    private void PutAnswered(string conditions, byte[]? certificate) => Put(SignerNames.LegacyUnknown, "CN=anna", ["client auth"], approved: false, change: r =>
    {
        foreach (var type in conditions.Split(' ', StringSplitOptions.RemoveEmptyEntries)) RequestStates.Add(r, type, "x", "", _harness.Time.GetUtcNow());
        r.Status.Certificate = certificate;
    });

    private byte[] CertificateUntil(DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=anna", key, HashAlgorithmName.SHA256).CreateSelfSigned(_harness.Time.GetUtcNow().AddDays(-1), end);
        return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
    }

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
