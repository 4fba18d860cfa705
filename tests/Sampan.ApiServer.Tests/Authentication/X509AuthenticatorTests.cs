using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Authentication.X509;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Tests.Authentication;

public sealed class X509AuthenticatorTests : IDisposable
{
    private readonly FixedTime _time = new();
    private readonly X509Certificate2 _authority;
    private readonly X509Authenticator _authenticator;

    public X509AuthenticatorTests()
    {
        _authority = Authority("ca");
        _authenticator = new X509Authenticator(ClientCertificateVerifier.FromPem(_authority.ExportCertificatePem(), _time), _time, new MetricRegistry());
    }

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Authenticate_SignedCertificate_NamesUserAndGroups()
    {
        using var certificate = Leaf(_authority, "1.3.6.1.5.5.7.3.2");
        var user = (await _authenticator.AuthenticateAsync(Context(certificate), default))!;
        Assert.Equal("jane", user.Name);
        Assert.Equal(["dev", "ops", "system:authenticated"], user.Groups);
        Assert.StartsWith("X509SHA256=", user.Extra["authentication.kubernetes.io/credential-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authenticate_ExpiresDuringConnection_IsUnauthorized()
    {
        using var certificate = Leaf(_authority, "1.3.6.1.5.5.7.3.2");
        Assert.NotNull(await _authenticator.AuthenticateAsync(Context(certificate), default));
        _time.Now = _time.Now.AddDays(2);
        await AssertRefused(certificate);
    }

    [Fact]
    public async Task Authenticate_ForeignAuthority_IsUnauthorized()
    {
        using var foreign = Authority("ca");
        using var certificate = Leaf(foreign, "1.3.6.1.5.5.7.3.2");
        await AssertRefused(certificate);
    }

    /// <summary>A connection outlives the authority that its certificate was trusted for.</summary>
    [Fact]
    public async Task Authenticate_AuthoritiesRenewed_AreThoseThatCount()
    {
        using var next = Authority("next");
        using var before = Leaf(_authority, "1.3.6.1.5.5.7.3.2");
        using var after = Leaf(next, "1.3.6.1.5.5.7.3.2");
        var pem = _authority.ExportCertificatePem();
        var bundle = new AuthorityBundle(() => pem);
        var authenticator = new X509Authenticator(new ClientCertificateVerifier(bundle, _time), _time, new MetricRegistry());
        Assert.NotNull(await authenticator.AuthenticateAsync(Context(before), default));
        await Assert.ThrowsAsync<StatusException>(async () => await authenticator.AuthenticateAsync(Context(after), default));

        pem = "-----BEGIN CERTIFICATE-----\nhalf";
        bundle.TryRenew();
        Assert.NotNull(await authenticator.AuthenticateAsync(Context(before), default));

        pem = next.ExportCertificatePem();
        Assert.True(bundle.TryRenew());
        Assert.False(bundle.TryRenew());
        Assert.NotNull(await authenticator.AuthenticateAsync(Context(after), default));
        await Assert.ThrowsAsync<StatusException>(async () => await authenticator.AuthenticateAsync(Context(before), default));
    }

    [Fact]
    public async Task Authenticate_ServingCertificate_IsUnauthorized()
    {
        using var certificate = Leaf(_authority, "1.3.6.1.5.5.7.3.1");
        await AssertRefused(certificate);
    }

    [Fact]
    public async Task Authenticate_NoCertificate_LeavesItToOthers() =>
        Assert.Null(await _authenticator.AuthenticateAsync(new DefaultHttpContext(), default));

    [Fact]
    public void Read_SeveralOrganizationsInOneSet_AreAllGroups()
    {
        // SEQUENCE { SET { (O, "dev"), (O, "ops") }, SET { (CN, "jane") } }, as Go writes it.
        var der = Convert.FromHexString(
            "302b" + "3118" + "300a0603" + "55040a0c03646576" + "300a0603" + "55040a0c036f7073" + "310f" + "300d0603550403" + "0c066a616e652e31");
        var subject = SubjectName.TryRead(der)!;
        Assert.Equal("jane.1", subject.CommonName);
        Assert.Equal(["dev", "ops"], subject.Organizations);
    }

    [Fact]
    public void TryRead_AnyBytes_NeverThrows()
    {
        var random = new Random(3);
        var good = new X500DistinguishedName("CN=jane, O=dev").RawData;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = SubjectName.TryRead(bytes);
        }
    }

    private async Task AssertRefused(X509Certificate2 certificate)
    {
        var error = await Assert.ThrowsAsync<StatusException>(
            async () => await _authenticator.AuthenticateAsync(Context(certificate), default));
        Assert.Equal(401, error.Code);
    }

    private static DefaultHttpContext Context(X509Certificate2 certificate)
    {
        var context = new DefaultHttpContext();
        context.Connection.ClientCertificate = certificate;
        return context;
    }

    private X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(_time.Now.AddDays(-1), _time.Now.AddDays(10));
    }

    private X509Certificate2 Leaf(X509Certificate2 authority, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("jane");
        subject.AddOrganizationName("ops");
        subject.AddOrganizationName("dev");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request.Create(authority, _time.Now.AddHours(-1), _time.Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
    }
}
