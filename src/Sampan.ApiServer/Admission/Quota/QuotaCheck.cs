using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Quota;

namespace Sampan.ApiServer.Admission.Quota;

/// <summary>One write against the quotas, one by one.</summary>
internal sealed class QuotaCheck(AdmissionRequest request, QuotaEvaluator evaluator)
{
    private readonly IObject _object = request.Object!;
    private readonly Dictionary<string, Quantity> _usage = evaluator.Usage(request.Object!);

    /// <summary>What the write costs this quota; null when nothing.</summary>
    /// <exception cref="StatusException">It does not fit, or can't be counted.</exception>
    public QuotaCharge? Charge(ResourceQuota quota)
    {
        if (!evaluator.Matches(quota, _object))
        {
            return null;
        }
        var (hard, used) = (quota.Status.Hard.OrEmpty(), quota.Status.Used.OrEmpty());
        var names = evaluator.Matching(hard.Keys).ToHashSet();
        if (evaluator.Missing(names, _object) is { } missing)
        {
            throw request.Forbidden($"failed quota: {quota.Metadata.Name}: {missing}");
        }
        if (names.Any(name => !used.ContainsKey(name)))
        {
            throw request.Forbidden($"status unknown for quota: {quota.Metadata.Name}, resources: {Text(names)}");
        }
        RequirePositive();
        var delta = ResourceLists.WithoutZeros(ResourceLists.Mask(DeltaFor(quota), hard.Keys));
        if (delta.Count == 0)
        {
            return null;
        }
        var next = ResourceLists.Add(used, delta);
        if (request.Subresource != "status")
        {
            RequireFit(quota, delta, next);
        }
        return new QuotaCharge(quota, next);
    }

    /// <summary>On updates only what is used in addition, if the quota counted the object before.</summary>
    private IReadOnlyDictionary<string, Quantity> DeltaFor(ResourceQuota quota) =>
        request is { Operation: AdmissionOperation.Update, OldObject: { } old } && evaluator.Matches(quota, old)
            ? ResourceLists.SubtractToZero(_usage, evaluator.Usage(old))
            : _usage;

    private void RequirePositive()
    {
        var negative = _usage.Where(entry => entry.Value.Sign < 0).Select(entry => entry.Key).ToList();
        if (negative.Count > 0)
        {
            throw request.Forbidden($"quota usage is negative for resource(s): {Text(negative)}");
        }
    }

    private void RequireFit(ResourceQuota quota, Dictionary<string, Quantity> delta, Dictionary<string, Quantity> next)
    {
        var hard = quota.Status.Hard.OrEmpty();
        var exceeded = ResourceLists.Exceeding(ResourceLists.Mask(next, delta.Keys), hard);
        if (exceeded.Count > 0)
        {
            throw request.Forbidden(
                $"exceeded quota: {quota.Metadata.Name}, requested: {ResourceLists.Text(ResourceLists.Mask(delta, exceeded))}, "
                + $"used: {ResourceLists.Text(ResourceLists.Mask(quota.Status.Used.OrEmpty(), exceeded))}, "
                + $"limited: {ResourceLists.Text(ResourceLists.Mask(hard, exceeded))}");
        }
    }

    private static string Text(IEnumerable<string> names) => string.Join(',', names.Order(StringComparer.Ordinal));
}
