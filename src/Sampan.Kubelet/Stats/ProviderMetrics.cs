using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How programs that know logins answer, under upstream's names (pkg/credentialprovider/plugin).</summary>
internal sealed class ProviderMetrics(MetricRegistry registry, TimeProvider time)
{
    private readonly Counter _failures = registry.Counter("kubelet_credential_provider_plugin_errors_total", "[ALPHA] How often a credential provider failed.", "plugin_name");
    private readonly Histogram _durations = registry.Histogram("kubelet_credential_provider_plugin_duration", "[ALPHA] Seconds that a credential provider takes to answer.", Buckets.Default, "plugin_name");

    /// <summary>Which configuration is in use.</summary>
    public void Configured(string hash) =>
        registry.Gauge("kubelet_credential_provider_config_info", "[ALPHA] The configuration of credential providers in use, by its hash. The value is always 1.", "hash").With(hash).Set(1);

    /// <summary>Times one run of a program.</summary>
    public async Task<T> MeasureAsync<T>(string provider, Func<Task<T>> run)
    {
        var begun = time.GetTimestamp();
        try
        {
            return await run();
        }
        catch
        {
            _failures.With(provider).Increment();
            throw;
        }
        finally
        {
            _durations.With(provider).Observe(time.GetElapsedTime(begun).TotalSeconds);
        }
    }
}
