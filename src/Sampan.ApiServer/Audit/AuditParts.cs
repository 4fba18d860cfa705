using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Audit;

/// <summary>The audit of a server as its options say; without a policy or a place to write to there is none.</summary>
internal sealed class AuditParts : IDisposable
{
    private readonly AuditLog? _log;

    public AuditParts(AuditOptions options, Func<ResourceCatalog> catalog, TimeProvider time, MetricRegistry metrics)
    {
        if (options is not { PolicyFile: { } file, LogPath: not null })
        {
            return;
        }
        var policy = AuditPolicyFile.Parse(File.ReadAllText(file), file);
        _log = new AuditLog(options, time);
        Filter = new AuditFilter(policy, _log, new AuditBodies(catalog), time, metrics);
    }

    public IRequestFilter? Filter { get; }

    public void Dispose() => _log?.Dispose();
}
