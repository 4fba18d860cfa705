using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>Renews a node's certificates while they are valid still, and has the current serving certificate at hand.</summary>
internal sealed class CertificateRenewal(NodeCertificates certificates, ApiClient client, TimeProvider time, ILogger log)
    : PeriodicRenewal("certificate-renewal", time)
{
    private volatile X509Certificate2 _serving = certificates.Serving();

    public X509Certificate2 Serving => _serving;

    protected override TimeSpan Rest => certificates.Rest;

    public override async Task TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (certificates.NeedsClient)
            {
                await certificates.OrderClientAsync(client, cancellationToken);
                log.LogInformation("The node's client certificate was renewed");
            }

            if (!certificates.NeedsServing) return;
            await certificates.OrderServingAsync(client, cancellationToken);
            _serving = certificates.Serving();
            log.LogInformation("The kubelet's serving certificate was renewed");
        }
        catch (Exception e) when (e is HostException or StatusException or ApiConnectionException or IOException or UnauthorizedAccessException)
        {
            log.LogError("The node's certificates could not be renewed; next attempt in {Interval}: {Problem}", Pause, e.Message);
        }
    }
}
