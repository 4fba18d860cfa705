using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>Counts pods that have not ended, and what they ask for and may use.</summary>
public sealed class PodEvaluator(TimeProvider time) : QuotaEvaluator("", "pods")
{
    private static readonly HashSet<string> Compute =
    [
        "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ];

    /// <summary>Who limits one of these obliges every container to state it.</summary>
    private static readonly HashSet<string> Obligatory = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    public override bool Counts(string resourceName) =>
        Compute.Contains(resourceName) || resourceName == CountName
        || resourceName.StartsWith("hugepages-", StringComparison.Ordinal) || resourceName.StartsWith("requests.hugepages-", StringComparison.Ordinal)
        || ExtendedNames.IsForQuotas(resourceName);

    public override bool Handles(bool isCreate, string subresource, IObject? obj, IObject? old) =>
        isCreate ? subresource.Length == 0 : subresource == "resize";

    public override bool MatchesScope(ScopedResourceSelectorRequirement scope, IObject obj)
    {
        var pod = (Pod)obj;
        return scope.ScopeName switch
        {
            "Terminating" => IsTerminating(pod),
            "NotTerminating" => !IsTerminating(pod),
            "BestEffort" => IsBestEffort(pod),
            "NotBestEffort" => !IsBestEffort(pod),
            "PriorityClass" => ScopeMatch.Matches(scope, pod.Spec.PriorityClassName is { Length: > 0 } name ? [name] : []),
            "CrossNamespacePodAffinity" => AffinityTerms(pod).Any(term => term.Namespaces.OrEmpty().Count > 0 || term.NamespaceSelector is not null),
            _ => false,
        };
    }

    public override string? Missing(IReadOnlySet<string> resourceNames, IObject obj)
    {
        var pod = (Pod)obj;
        var missing = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var container in pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()))
        {
            var stated = UsageFrom(container.Resources.Requests.OrEmpty(), container.Resources.Limits.OrEmpty());
            foreach (var name in resourceNames.Where(name => Obligatory.Contains(name) && !stated.ContainsKey(name) && !StatedByPod(pod, name)))
            {
                if (!missing.TryGetValue(name, out var containers))
                {
                    missing[name] = containers = new SortedSet<string>(StringComparer.Ordinal);
                }
                containers.Add(container.Name);
            }
        }
        return missing.Count == 0 ? null : $"must specify {string.Join("; ", missing.Select(one => $"{one.Key} for: {string.Join(',', one.Value)}"))}";
    }

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var pod = (Pod)obj;
        var usage = new Dictionary<string, Quantity> { [CountName] = new(1) };
        return HasEnded(pod) ? usage : ResourceLists.Add(usage, UsageFrom(PodTotals.Requests(pod, useStatus: true), PodTotals.Limits(pod, useStatus: true)));
    }

    private static Dictionary<string, Quantity> UsageFrom(IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        var usage = new Dictionary<string, Quantity> { ["pods"] = new(1) };
        foreach (var (name, amount) in requests)
        {
            if (name is "cpu" or "memory" or "ephemeral-storage" || name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                usage[name] = amount;
                usage[$"requests.{name}"] = amount;
            }
            else if (ExtendedNames.IsResource(name))
            {
                usage[ExtendedNames.InQuotas(name)] = amount;
            }
        }
        foreach (var (name, amount) in limits.Where(limit => limit.Key is "cpu" or "memory" or "ephemeral-storage"))
        {
            usage[$"limits.{name}"] = amount;
        }
        return usage;
    }

    /// <summary>A pod of which only the deletion is overdue (its node is lost) is not charged for.</summary>
    private bool HasEnded(Pod pod) =>
        pod.Status.Phase is "Succeeded" or "Failed"
        || (pod.Metadata is { DeletionTimestamp: { } deleted, DeletionGracePeriodSeconds: { } grace } && time.GetUtcNow() > ((DateTimeOffset)deleted).AddSeconds(grace));

    private static bool StatedByPod(Pod pod, string name) =>
        pod.Spec.Resources is { } own && UsageFrom(own.Requests.OrEmpty(), own.Limits.OrEmpty()).ContainsKey(name);

    private static bool IsTerminating(Pod pod) => pod.Spec.ActiveDeadlineSeconds >= 0;

    private static bool IsBestEffort(Pod pod) =>
        !States(pod.Spec.Resources)
        && pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).All(container => !States(container.Resources));

    private static bool States(ResourceRequirements? resources) =>
        resources is not null && resources.Requests.OrEmpty().Concat(resources.Limits.OrEmpty())
            .Any(entry => entry.Key is "cpu" or "memory" && !entry.Value.IsZero);

    private static IEnumerable<PodAffinityTerm> AffinityTerms(Pod pod)
    {
        var (near, far) = (pod.Spec.Affinity?.PodAffinity, pod.Spec.Affinity?.PodAntiAffinity);
        return
        [
            .. (near?.RequiredDuringSchedulingIgnoredDuringExecution).OrEmpty(),
            .. (near?.PreferredDuringSchedulingIgnoredDuringExecution).OrEmpty().Select(one => one.PodAffinityTerm),
            .. (far?.RequiredDuringSchedulingIgnoredDuringExecution).OrEmpty(),
            .. (far?.PreferredDuringSchedulingIgnoredDuringExecution).OrEmpty().Select(one => one.PodAffinityTerm),
        ];
    }
}
