using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Certificates;

namespace Sampan.Cluster.Server;

/// <summary>
/// The certificates of a cluster's server: makes what is missing, renews them while they are valid still, however long the server
/// runs, and has the current ones at hand for the next connection.
/// </summary>
internal sealed class ServerCertificates : PeriodicRenewal
{
    private readonly PkiDirectory _pki;
    private readonly PkiOptions _names;
    private readonly ClusterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private volatile X509Certificate2 _apiServer, _kubeletClient, _kubelet;

    /// <exception cref="CertificateException">The directory holds what cannot be used, or lacks what cannot be made here.</exception>
    public ServerCertificates(PkiDirectory pki, PkiOptions names, ClusterOptions options, TimeProvider time, ILogger log)
        : base("server-certificates", time)
    {
        (_pki, _names, _options, _time, _log) = (pki, names, options, time, log);
        Ensure();
        (_apiServer, _kubeletClient, _kubelet) = Read();
    }

    public X509Certificate2 ApiServer => _apiServer;

    /// <summary>What the API server shows to kubelets.</summary>
    public X509Certificate2 KubeletClient => _kubeletClient;

    /// <summary>What this node's kubelet shows.</summary>
    public X509Certificate2 Kubelet => _kubelet;

    protected override TimeSpan Rest => new[] { _apiServer, _kubeletClient, _kubelet }.Min(c => CertificateLife.Rest(c, _time.GetUtcNow()));

    public override Task TryRenewAsync(CancellationToken cancellationToken)
    {
        TryRenew();
        return Task.CompletedTask;
    }

    private void TryRenew()
    {
        try
        {
            if (Ensure() is not { Count: > 0 } renewed) return;
            (_apiServer, _kubeletClient, _kubelet) = Read();
            new KubeconfigWriter(_options, _pki).WriteAll();
            _log.LogInformation("Renewed the certificates {Names}", string.Join(", ", renewed));
        }
        catch (Exception e) when (e is CertificateException or IOException or UnauthorizedAccessException)
        {
            _log.LogError("The server's certificates could not be renewed; next attempt in {Interval}: {Problem}", Pause, e.Message);
        }
    }

    private List<string> Ensure() => [.. _pki.Ensure(_names), .. _pki.EnsureNode(_options.NodeName, [_options.NodeAddress.ToString()])];

    private (X509Certificate2 ApiServer, X509Certificate2 KubeletClient, X509Certificate2 Kubelet) Read() => (
        _pki.Read("apiserver").ToCertificate(),
        _pki.Read("apiserver-kubelet-client").ToCertificate(),
        _pki.Read(PkiDirectory.KubeletServer(_options.NodeName)).ToCertificate());
}
