using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client;
using Sampan.Kubelet.Certificates;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Certificates;

public sealed class CertificateManagerTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SigningApi _api;
    private readonly ApiClient _client;
    private readonly CertificateStore _store;

    public CertificateManagerTests()
    {
        _api = new SigningApi(_time);
        _client = new ApiClient(_api);
        _store = new CertificateStore(_directory["pki"], "kubelet-client");
    }

    [Fact]
    public async Task Renew_Client_AsksAsTheNodeAndKeepsTheCertificateToItself()
    {
        using var manager = Manager(CertificateNeed.Client("n1"));

        await manager.RenewAsync(default);

        var asked = Assert.Single(_api.Requests).Spec;
        Assert.Equal("kubernetes.io/kube-apiserver-client-kubelet", asked.SignerName);
        Assert.Equal(["digital signature", "client auth"], asked.Usages);
        Assert.Equal("O=system:nodes, CN=system:node:n1", manager.Current!.Subject);
        Assert.True(manager.Current.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.Path));
        Assert.Equal(manager.Current.Thumbprint, _store.Read()!.Thumbprint);
    }

    [Fact]
    public async Task Metrics_TellHowLongItLastsAndHowItWasRenewed()
    {
        var metrics = new Client.Metrics.MetricRegistry();
        using var manager = Manager(CertificateNeed.Serving("n1", []));
        manager.Show(metrics);
        Assert.Contains("kubelet_certificate_manager_server_ttl_seconds +Inf\n", metrics.Render(), StringComparison.Ordinal);

        await manager.RenewAsync(default);
        await manager.RenewAsync(default);

        var left = (manager.Current!.NotAfter.ToUniversalTime() - _time.GetUtcNow()).TotalSeconds;
        Assert.Contains($"kubelet_certificate_manager_server_ttl_seconds {(long)left}\n", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains("kubelet_certificate_manager_server_rotation_seconds_count 1\n", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains("kubelet_server_expiration_renew_errors 0\n", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_Serving_NamesWhereItServes()
    {
        using var manager = Manager(CertificateNeed.Serving("n1", [IPAddress.Parse("192.0.2.1")]));

        await manager.RenewAsync(default);

        Assert.Equal("kubernetes.io/kubelet-serving", Assert.Single(_api.Requests).Spec.SignerName);
        var names = manager.Current!.Extensions.OfType<System.Security.Cryptography.X509Certificates.X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["n1"], names.EnumerateDnsNames());
        Assert.Equal(["192.0.2.1"], names.EnumerateIPAddresses().Select(a => a.ToString()));
    }

    [Fact]
    public async Task Run_MostOfItsLifeIsOver_RenewsIt()
    {
        using var manager = Manager(CertificateNeed.Client("n1"));
        using var stop = new CancellationTokenSource();
        var running = manager.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => manager.Current is not null, "the first is there");
        var first = manager.Current!.Thumbprint;
        _time.Advance(TimeSpan.FromDays(6.9));
        Assert.Single(_api.Requests);

        await Eventually.TrueAsync(() => manager.Current is { } now && now.Thumbprint != first, "it is renewed", () => _time.Advance(TimeSpan.FromMinutes(30)));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Renew_Refused_AsksAgain()
    {
        var metrics = new Client.Metrics.MetricRegistry();
        using var manager = Manager(CertificateNeed.Client("n1"));
        manager.Show(metrics);
        _api.Refusal = () => _api.Requests.Count() < 3 ? "not you" : null;

        var renewing = manager.RenewAsync(default);
        await Eventually.TrueAsync(() => renewing.IsCompleted, "it is signed at last", () => _time.Advance(TimeSpan.FromSeconds(1)));

        await renewing;
        Assert.Equal(3, _api.Requests.Count());
        Assert.Contains("kubelet_certificate_manager_client_expiration_renew_errors 2\n", metrics.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 9)]
    public async Task Deadline_OfTenDays_IsBetweenSevenAndNine(double part, int days)
    {
        using var manager = Manager(CertificateNeed.Client("n1"));
        await manager.RenewAsync(default);

        Assert.Equal(_time.GetUtcNow().AddDays(days), CertificateLife.RenewAt(manager.Current!, part));
    }

    [Fact]
    public void Render_Kubeconfig_NamesTheFileThatIsRenewed()
    {
        File.WriteAllText(_directory["kubeconfig"], NodeBootstrap.Render(new ClientConfig { Server = "https://192.0.2.1:6443", CertificateAuthorityData = "ca" }, _store.Path));

        var config = Kubeconfig.Load(_directory["kubeconfig"]).ToClientConfig();

        Assert.Equal(("https://192.0.2.1:6443", "ca"), (config.Server, config.CertificateAuthorityData));
        Assert.Equal((_store.Path, _store.Path), (config.ClientCertificateFile, config.ClientKeyFile));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    private CertificateManager Manager(CertificateNeed need) => new(need, _store, () => _client, _time, NullLogger.Instance);
}
