using System.Security.Cryptography.X509Certificates;
using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How long the node's own certificates last, under upstream's names (pkg/kubelet/certificate).</summary>
internal sealed class CertificateMetrics
{
    private const int Hour = 60 * 60;
    private const int Day = 24 * Hour;
    private static readonly double[] Ages = [60, Hour, 4 * Hour, Day, 7 * Day, 30 * Day, 90 * Day, 180 * Day, 360 * Day, 4 * 360 * Day];

    private readonly TimeProvider _time;
    private readonly Counter _failures;
    private readonly Histogram? _ages;

    /// <param name="registry">Where they are shown.</param>
    /// <param name="isServing">The certificate is that of the kubelet's own API, else the one that it shows the API server.</param>
    /// <param name="current">The certificate in use; null while there is none.</param>
    /// <param name="time">Tells what is left of it.</param>
    public CertificateMetrics(MetricRegistry registry, bool isServing, Func<X509Certificate2?> current, TimeProvider time)
    {
        _time = time;
        var (side, name) = isServing ? ("server", "kubelet_server_expiration_renew_errors") : ("client", "kubelet_certificate_manager_client_expiration_renew_errors");
        _failures = registry.Counter(name, $"[ALPHA] How often the kubelet's {side} certificate could not be renewed.");
        _failures.With().Increment(0);
        _ages = isServing ? registry.Histogram("kubelet_certificate_manager_server_rotation_seconds", "[ALPHA] How old server certificates were when others took their place, in seconds.", Ages) : null;
        registry.Read(
            $"kubelet_certificate_manager_{side}_ttl_seconds",
            $"[ALPHA] Seconds until the kubelet's {side} certificate runs out. It is +Inf where there is none.",
            "gauge",
            () => current() is { } known ? Math.Truncate((known.NotAfter.ToUniversalTime() - time.GetUtcNow()).TotalSeconds) : double.PositiveInfinity);
    }

    public void Failed() => _failures.With().Increment();

    /// <summary>Another certificate took the place of this one.</summary>
    public void Replaced(X509Certificate2 old) => _ages?.With().Observe((_time.GetUtcNow() - old.NotBefore.ToUniversalTime()).TotalSeconds);
}
