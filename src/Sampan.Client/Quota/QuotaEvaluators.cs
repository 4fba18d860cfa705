using System.Collections.Concurrent;

namespace Sampan.Client.Quota;

/// <summary>The evaluator of each resource: four know more than a number of objects, all others count.</summary>
public sealed class QuotaEvaluators(TimeProvider time, IQuotaObjects objects)
{
    private readonly ConcurrentDictionary<(string Group, string Resource), QuotaEvaluator> _all = new(
        new QuotaEvaluator[] { new PodEvaluator(time), new ServiceEvaluator(), new ClaimEvaluator(), new DeviceClaimEvaluator(objects) }
            .Select(one => KeyValuePair.Create((one.Group, one.Resource), one)));

    /// <summary>The resource's evaluator; null for events, which no quota counts.</summary>
    public QuotaEvaluator? Find(string group, string resource) => (group, resource) switch
    {
        ("" or "events.k8s.io", "events") => null,
        _ => _all.GetOrAdd((group, resource), key => new CountEvaluator(key.Group, key.Resource)),
    };
}
