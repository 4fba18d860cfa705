using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;
using Sampan.Tests;

namespace Sampan.Cluster.Tests.Join;

/// <summary>A joined node's certificates are renewed by the cluster's signer, in time and by themselves.</summary>
public sealed class CertificateRenewalTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-renewal-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly Signer _signer;
    private readonly NodeCertificates _certificates;
    private readonly ApiClient _client;

    public CertificateRenewalTests()
    {
        _signer = new Signer(_time);
        _client = new ApiClient(_signer);
        _certificates = new NodeCertificates(_folder, "worker", IPAddress.Parse("192.0.2.11"), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TryRenew_ForYears_TheCurrentOnesAreAlwaysValid()
    {
        await _certificates.OrderClientAsync(_client, default);
        await _certificates.OrderServingAsync(_client, default);
        var renewal = new CertificateRenewal(_certificates, _client, _time, NullLogger.Instance);
        var seen = new HashSet<string>();
        for (var month = 0; month < 36; month++)
        {
            _time.Advance(TimeSpan.FromDays(30));
            await renewal.TryRenewAsync(default);
            Assert.InRange(_time.GetUtcNow(), renewal.Serving.NotBefore, renewal.Serving.NotAfter);
            Assert.True(_certificates.HasClient);
            seen.Add(renewal.Serving.Thumbprint);
        }

        Assert.True(seen.Count >= 3, $"only {seen.Count} certificates in three years");
    }

    [Fact]
    public async Task TryRenew_ClusterAway_KeepsTheOldOneAndTriesAgain()
    {
        await _certificates.OrderClientAsync(_client, default);
        await _certificates.OrderServingAsync(_client, default);
        var renewal = new CertificateRenewal(_certificates, _client, _time, NullLogger.Instance);
        var first = renewal.Serving;
        _time.Advance(TimeSpan.FromDays(300));
        _signer.Denies = true;
        await renewal.TryRenewAsync(default);
        Assert.Same(first, renewal.Serving);
        _signer.Denies = false;
        await renewal.TryRenewAsync(default);
        Assert.True(renewal.Serving.NotAfter > first.NotAfter);
    }

    [Fact]
    public async Task Run_ShortLivedCertificates_AreRenewedAgainAndAgain()
    {
        _signer.Lifetime = TimeSpan.FromMinutes(10);
        await _certificates.OrderClientAsync(_client, default);
        await _certificates.OrderServingAsync(_client, default);
        var renewal = new CertificateRenewal(_certificates, _client, _time, NullLogger.Instance);
        await renewal.StartAsync(default);
        var seen = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            seen.Add(renewal.Serving.Thumbprint);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (seen.Contains(renewal.Serving.Thumbprint))
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
            }
        }

        await renewal.StopAsync(default);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Order_Denied_SaysWhoRefused()
    {
        _signer.Denies = true;
        var refusal = await Assert.ThrowsAsync<HostException>(() => _certificates.OrderServingAsync(_client, default));
        Assert.Contains("was refused (Denied)", refusal.Message);
    }
}
