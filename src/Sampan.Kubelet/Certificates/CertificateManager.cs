using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Certificates;

/// <summary>
/// Has a certificate signed by the cluster, keeps it in a file, and renews it in time.
/// <code>
/// key ► CertificateSigningRequest ► approved and signed by the cluster ► file ► … ► a new key
/// </code>
/// </summary>
public sealed class CertificateManager(CertificateNeed need, CertificateStore store, Func<ApiClient> client, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(32);
    private volatile X509Certificate2? _current = store.Read();
    private CertificateMetrics? _metrics;

    /// <summary>Null until the cluster has signed one.</summary>
    public X509Certificate2? Current => _current is { } known && known.NotAfter.ToUniversalTime() > time.GetUtcNow() ? known : null;

    /// <summary>Shows how long the certificate lasts.</summary>
    public void Show(MetricRegistry registry) => _metrics = new CertificateMetrics(registry, need.IsServing, () => Current, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_current is { } known)
            {
                await WaitUntilAsync(CertificateLife.RenewAt(known, Random.Shared.NextDouble()), cancellationToken);
            }

            await RenewAsync(cancellationToken);
        }
    }

    /// <summary>Asks until there is a new certificate.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await RequestAsync(cancellationToken))
                {
                    return;
                }
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException or CertificateOrderException)
            {
                _metrics?.Failed();
                logger.LogWarning("Could not have a certificate signed by {Signer}: {Error}", need.Signer, e.Message);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public void Dispose() => _current?.Dispose();

    /// <summary>A timer cannot wait for months at once.</summary>
    private async Task WaitUntilAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (at - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            // Timers count whole milliseconds: less than one would be no wait at all.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1), time, cancellationToken);
        }
    }

    private async Task<bool> RequestAsync(CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = await new CertificateOrder(client(), Patience, time).PlaceAsync(need.Signer, RequestPem(key), need.Usages, cancellationToken);
        store.Write(signed, key.ExportPkcs8PrivateKeyPem());
        var old = _current;
        _current = store.Read();
        if (old is not null && _current is not null)
        {
            _metrics?.Replaced(old);
        }

        return _current is not null;
    }

    private string RequestPem(ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("system:nodes");
        subject.AddCommonName($"system:node:{need.NodeName}");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        if (need.DnsNames.Count + need.Addresses.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            need.DnsNames.ToList().ForEach(names.AddDnsName);
            need.Addresses.ToList().ForEach(names.AddIpAddress);
            request.CertificateExtensions.Add(names.Build());
        }

        return request.CreateSigningRequestPem();
    }
}
