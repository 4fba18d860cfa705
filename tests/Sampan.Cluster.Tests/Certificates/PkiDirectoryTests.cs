using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sampan.Cluster.Certificates;

namespace Sampan.Cluster.Tests.Certificates;

public sealed class PkiDirectoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sampan-pki-{Guid.NewGuid():N}");
    private readonly FixedTime _time = new() { Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
    private readonly PkiOptions _options = new() { ServerNames = ["node-1", "192.168.7.1"] };

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void Ensure_EmptyDirectory_MakesKubeadmLayout()
    {
        Pki().Ensure(_options);
        foreach (var file in new[]
                 {
                     "ca.crt", "ca.key", "apiserver.crt", "apiserver.key", "apiserver-kubelet-client.crt", "front-proxy-ca.crt",
                     "front-proxy-client.key", "sa.key", "sa.pub", "admin.crt", "scheduler.crt", "controller-manager.crt", "kube-proxy.crt",
                 })
        {
            var path = Path.Combine(_path, file);
            Assert.True(File.Exists(path), file);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Ensure_ApiServerCertificate_CarriesEveryName()
    {
        var pki = Pki();
        pki.Ensure(_options);
        using var certificate = pki.Read("apiserver").ToCertificate();
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Superset(
            new HashSet<string> { "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost", "node-1" },
            names.EnumerateDnsNames().ToHashSet());
        Assert.Superset(
            new HashSet<IPAddress> { IPAddress.Parse("10.96.0.1"), IPAddress.Loopback, IPAddress.Parse("192.168.7.1") },
            names.EnumerateIPAddresses().ToHashSet());
        Assert.True(certificate.HasPrivateKey);
    }

    [Theory]
    [InlineData("admin", "CN=kubernetes-admin, O=kubeadm:cluster-admins")]
    [InlineData("super-admin", "CN=kubernetes-super-admin, O=system:masters")]
    [InlineData("scheduler", "CN=system:kube-scheduler")]
    public void Ensure_ClientCertificate_NamesUserAndGroups(string name, string subject)
    {
        var pki = Pki();
        pki.Ensure(_options);
        using var certificate = pki.Read(name).ToCertificate();
        Assert.Equal(subject, certificate.Subject);
        Assert.True(VerifiesAgainst(pki.Read("ca"), certificate));
        Assert.False(VerifiesAgainst(pki.Read("front-proxy-ca"), certificate));
    }

    [Fact]
    public void Ensure_Again_ChangesNothing()
    {
        Assert.NotEmpty(Pki().Ensure(_options));
        var before = Contents();
        Assert.Empty(Pki().Ensure(_options));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Ensure_NearExpiry_RenewsLeavesButNotAuthorities()
    {
        var pki = Pki();
        pki.Ensure(_options);
        var authority = pki.Read("ca");
        _time.Now += TimeSpan.FromDays(300);
        var renewed = pki.Ensure(_options);
        Assert.Contains("apiserver", renewed);
        Assert.DoesNotContain("ca", renewed);
        Assert.DoesNotContain("sa", renewed);
        Assert.Equal(authority, pki.Read("ca"));
        using var certificate = pki.Read("apiserver").ToCertificate();
        Assert.True(certificate.NotAfter > _time.Now.AddDays(360));
    }

    [Fact]
    public void Ensure_NewServerName_RenewsTheServingCertificateOnly()
    {
        var pki = Pki();
        pki.Ensure(_options);
        Assert.Equal(["apiserver"], pki.Ensure(_options with { ServerNames = ["node-1", "node-2"] }));
    }

    [Fact]
    public void Ensure_InterruptedBetweenKeyAndCertificate_Recovers()
    {
        var pki = Pki();
        pki.Ensure(_options);
        File.Copy(pki.KeyFile("admin"), pki.KeyFile("scheduler"), overwrite: true);
        File.Delete(pki.CertificateFile("front-proxy-ca"));
        var renewed = pki.Ensure(_options);
        Assert.Equal(["front-proxy-ca", "scheduler"], renewed.Order().Where(n => n != "front-proxy-client"));
        Assert.True(pki.Read("scheduler").IsMatching());
    }

    [Fact]
    public void Ensure_AuthorityKeyOfAnotherPair_SaysWhichFile()
    {
        var pki = Pki();
        pki.Ensure(_options);
        File.Copy(pki.KeyFile("front-proxy-ca"), pki.KeyFile("ca"), overwrite: true);
        var error = Assert.Throws<CertificateException>(() => pki.Ensure(_options));
        Assert.Contains("ca.key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensure_AuthorityKeyElsewhere_KeepsWhatIsThere()
    {
        var pki = Pki();
        pki.Ensure(_options);
        File.Delete(pki.KeyFile("ca"));
        Assert.Empty(pki.Ensure(_options));
        File.Delete(pki.CertificateFile("admin"));
        var error = Assert.Throws<CertificateException>(() => pki.Ensure(_options));
        Assert.Contains("admin.crt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EnsureNode_MakesClientAndServer()
    {
        var pki = Pki();
        pki.Ensure(_options);
        Assert.Equal(2, pki.EnsureNode("worker-1", ["10.0.0.7"]).Count);
        Assert.Empty(pki.EnsureNode("worker-1", ["10.0.0.7"]));
        using var client = pki.Read(PkiDirectory.KubeletClient("worker-1")).ToCertificate();
        Assert.Equal("CN=system:node:worker-1, O=system:nodes", client.Subject);
        using var server = pki.Read(PkiDirectory.KubeletServer("worker-1")).ToCertificate();
        Assert.Contains(
            IPAddress.Parse("10.0.0.7"), server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateIPAddresses());
    }

    private PkiDirectory Pki() => new(_path, _time);

    private Dictionary<string, string> Contents() =>
        Directory.EnumerateFiles(_path).ToDictionary(f => f, File.ReadAllText);

    private bool VerifiesAgainst(KeyPair authority, X509Certificate2 certificate)
    {
        using var root = X509Certificate2.CreateFromPem(authority.CertificatePem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.Now.UtcDateTime.AddHours(1);
        return chain.Build(certificate);
    }

    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
