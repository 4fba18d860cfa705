using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>Renews a node's certificates while they are valid still, and has the current serving certificate at hand.</summary>
internal sealed class CertificateRenewal(NodeCertificates certificates, ApiClient client, TimeProvider time, ILogger log) : IComponent
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource _stop = new();
    private volatile X509Certificate2 _serving = certificates.Serving();
    private Task _running = Task.CompletedTask;

    public string Name => "certificate-renewal";

    public X509Certificate2 Serving => _serving;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(CheckInterval, time);
        while (await timer.WaitForNextTickAsync(ct)) await TryRenewAsync(ct);
    }

    /// <summary>Renews what has less than a third of its life left.</summary>
    public async Task TryRenewAsync(CancellationToken ct)
    {
        try
        {
            if (certificates.NeedsClient)
            {
                await certificates.OrderClientAsync(client, ct);
                log.LogInformation("The node's client certificate was renewed");
            }

            if (!certificates.NeedsServing) return;
            await certificates.OrderServingAsync(client, ct);
            _serving = certificates.Serving();
            log.LogInformation("The kubelet's serving certificate was renewed");
        }
        catch (Exception e) when (e is HostException or StatusException or ApiConnectionException)
        {
            log.LogError("The node's certificates could not be renewed; next attempt in {Interval}: {Problem}", CheckInterval, e.Message);
        }
    }
}
