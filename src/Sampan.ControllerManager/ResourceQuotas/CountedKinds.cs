using Sampan.Client.Quota;

namespace Sampan.ControllerManager.ResourceQuotas;

/// <summary>Follows, by metadata alone, the kinds that some quota counts. A kind that is not served yet is asked for again later.</summary>
internal sealed class CountedKinds(ControllerContext context, Action<QuotaEvaluator, string> wake)
{
    private static readonly TimeSpan DiscoveryPeriod = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<(string Group, string Resource), Informer<PartialObject>> _followed = [];
    private HashSet<GroupVersionResource> _served = [];
    private DateTimeOffset _discovered = DateTimeOffset.MinValue;

    /// <summary>How many objects the namespace has; null when nobody serves the kind.</summary>
    public async Task<long?> CountAsync(QuotaEvaluator evaluator, string ns, CancellationToken cancellationToken)
    {
        if (await FollowAsync(evaluator, cancellationToken) is not { } informer) return null;
        await informer.WaitForSyncAsync(cancellationToken);
        return informer.List(ns).LongCount();
    }

    private async Task<Informer<PartialObject>?> FollowAsync(QuotaEvaluator evaluator, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var key = (evaluator.Group, evaluator.Resource);
            if (_followed.TryGetValue(key, out var known)) return known;
            if (await FindAsync(key, cancellationToken) is not { } resource) return null;
            var informer = context.Informers.Metadata(resource);
            informer.Subscribe((old, current) =>
            {
                if (old is null || current is null) wake(evaluator, (current ?? old)!.Metadata.Namespace);
            });
            return _followed[key] = informer;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<GroupVersionResource?> FindAsync((string Group, string Resource) key, CancellationToken cancellationToken)
    {
        if (Find(key) is { } known) return known;
        if (context.Time.GetUtcNow() - _discovered < DiscoveryPeriod) return null;
        var served = await context.Client.Discovery.ResourcesAsync(cancellationToken);
        _served = [.. served.Preferred().Where(r => r.Namespaced && r.Can(ApiVerbs.List) && r.Can(ApiVerbs.Watch)).Select(r => r.Resource)];
        _discovered = context.Time.GetUtcNow();
        return Find(key);
    }

    private GroupVersionResource? Find((string Group, string Resource) key)
    {
        foreach (var resource in _served)
            if (resource.Group == key.Group && resource.Resource == key.Resource) return resource;
        return null;
    }
}
