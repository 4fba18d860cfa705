using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Images.Providers;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Parts;

/// <summary>Images: who may use them, how they come, and when they go.</summary>
internal sealed class ImageParts : IDisposable
{
    private readonly HostParts _host;
    private readonly PullLimiter _limiter;

    public ImageParts(KubeletOptions options, HostParts host, ApiParts api, ILogger logger)
    {
        _host = host;
        var (configuration, isSimulated, time) = (options.Configuration, options.IsSimulated, options.Time);
        var policy = new VerificationPolicy(configuration.ImagePullCredentialsVerificationPolicy, configuration.PreloadedImagesVerificationAllowlist);
        var (metrics, records) = (new ImageMetrics(options.Metrics), isSimulated ? null : new PullRecords(options.RootDirectory));
        Access = new ImageAccess(policy, records, time, logger, metrics);
        if (records is not null)
        {
            options.Metrics.Read("kubelet_imagemanager_ondisk_pullintents", "[ALPHA] Pulls that have begun and of which the end is not written down yet.", "gauge", () => records.Count().Intents);
            options.Metrics.Read("kubelet_imagemanager_ondisk_pulledrecords", "[ALPHA] Images of which is written down who pulled them.", "gauge", () => records.Count().Pulled);
        }

        _limiter = new PullLimiter(isSimulated ? configuration with { SerializeImagePulls = false, RegistryPullQps = 0 } : configuration, time);
        Puller = new ImagePuller(host.Runtime, api.Events, new Backoff(Backoff.Shortest, Backoff.Longest, time), _limiter, Access, Providers(options, api.Objects, logger), metrics, host.PodMetrics.Starts, time);
        Collector = new ImageCollector(configuration, host.Runtime, Access, host.Linux, api.Events, host.Metrics, time, logger);
    }

    public ImageAccess Access { get; }

    public ImagePuller Puller { get; }

    public ImageCollector Collector { get; }

    /// <summary>Takes up pulls that an earlier kubelet had begun.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken) => Access.Restore(await _host.Runtime.ListImagesAsync(cancellationToken));

    public void Dispose() => _limiter.Dispose();

    private static IReadOnlyList<CredentialProvider> Providers(KubeletOptions options, IPodObjects objects, ILogger logger)
    {
        if (options.CredentialProviders is not var (file, directory))
        {
            return [];
        }

        var (all, metrics) = (ProviderConfiguration.Load(file), new ProviderMetrics(options.Metrics, options.Time));
        metrics.Configured(ProviderConfiguration.HashOf(file));
        return [.. all.Select(p => new CredentialProvider(p, directory, new HostCommands(options.Time), metrics, p.Token is null ? null : new AccountProofs(p.Token, objects), options.Time, logger))];
    }
}
