using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Audit;

/// <summary>The audit of a server as its options say; without a policy or a place to write to there is none.</summary>
internal sealed class AuditParts : IDisposable
{
    private readonly AuditSinks? _sinks;

    public AuditParts(AuditOptions options, Func<ResourceCatalog> catalog, TimeProvider time, MetricRegistry metrics, ILogger logger)
    {
        if (options is not { PolicyFile: { } file } || options is { LogPath: null, WebhookConfigFile: null })
        {
            return;
        }
        var policy = AuditPolicyFile.Parse(File.ReadAllText(file), file);
        _sinks = new AuditSinks([.. Sinks(options, time, metrics, logger)]);
        BeforeAuthentication = [new FailedAuthenticationAudit(policy, _sinks, time)];
        AfterAuthentication = [new AuditFilter(policy, _sinks, new AuditBodies(catalog), time, metrics)];
    }

    public IReadOnlyList<IRequestFilter> BeforeAuthentication { get; } = [];

    public IReadOnlyList<IRequestFilter> AfterAuthentication { get; } = [];

    public Task StopAsync() => _sinks?.StopAsync() ?? Task.CompletedTask;

    public void Dispose() => _sinks?.Dispose();

    private static IEnumerable<IAuditSink> Sinks(AuditOptions options, TimeProvider time, MetricRegistry metrics, ILogger logger)
    {
        if (options.LogPath is not null)
        {
            yield return new AuditLog(options, time);
        }
        if (options.WebhookConfigFile is { } file)
        {
            // The whole address is the webhook's, not a server's to which paths are added.
            var config = Kubeconfig.Load(file).ToClientConfig();
            var address = new Uri(config.Server);
            var transport = new HttpTransport(config with { Server = address.GetLeftPart(UriPartial.Authority) }, time);
            yield return new AuditWebhook(transport, address.PathAndQuery, options, time, metrics, logger);
        }
    }
}
