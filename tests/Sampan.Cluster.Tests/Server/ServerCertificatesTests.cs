using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Server;
using Sampan.Tests;

namespace Sampan.Cluster.Tests.Server;

/// <summary>A server that runs for years never shows a certificate that has ended.</summary>
public sealed class ServerCertificatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-certificates-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly PkiDirectory _pki;
    private readonly ServerCertificates _certificates;

    public ServerCertificatesTests()
    {
        var options = new ClusterOptions { Paths = ClusterPaths.For(_folder), NodeAddress = IPAddress.Parse("192.0.2.10"), NodeName = "one" };
        _pki = new PkiDirectory(options.Paths.Pki, _time);
        _certificates = new ServerCertificates(_pki, new PkiOptions { ServerNames = ["192.0.2.10"] }, options, _time, NullLogger.Instance);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TryRenew_WhileFresh_ChangesNothing()
    {
        var before = _certificates.ApiServer;
        _time.Advance(TimeSpan.FromDays(30));
        await _certificates.TryRenewAsync(default);
        Assert.Same(before, _certificates.ApiServer);
    }

    [Fact]
    public async Task TryRenew_ForYears_TheCurrentOnesAreAlwaysValid()
    {
        var authority = _pki.Read("ca").CertificatePem;
        var seen = new HashSet<string>();
        for (var month = 0; month < 30; month++)
        {
            _time.Advance(TimeSpan.FromDays(30));
            await _certificates.TryRenewAsync(default);
            foreach (var certificate in new[] { _certificates.ApiServer, _certificates.KubeletClient, _certificates.Kubelet })
                Assert.InRange(_time.GetUtcNow(), certificate.NotBefore, certificate.NotAfter);
            seen.Add(_certificates.ApiServer.Thumbprint);
        }

        Assert.True(seen.Count >= 3, $"only {seen.Count} certificates in thirty months");
        Assert.Equal(authority, _pki.Read("ca").CertificatePem);
    }

    [Fact]
    public async Task TryRenew_ClientCertificates_ReachTheKubeconfigs()
    {
        _time.Advance(TimeSpan.FromDays(300));
        await _certificates.TryRenewAsync(default);
        var config = Client.Kubeconfig.Load(Path.Combine(_folder, "admin.conf")).ToClientConfig();
        using var shown = X509Certificate2.CreateFromPem(config.ClientCertificateData!);
        Assert.True(shown.NotAfter > _time.GetUtcNow().AddDays(200));
    }
}
