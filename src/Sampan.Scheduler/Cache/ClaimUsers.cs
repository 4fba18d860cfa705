using Sampan.Scheduler.Plugins.Volumes;

namespace Sampan.Scheduler.Cache;

/// <summary>How many placed pods use each PersistentVolumeClaim, kept as pods come and go.</summary>
public sealed class ClaimUsers
{
    private readonly Dictionary<ObjectKey, int> _counts = [];

    public bool HasAny(string ns, string claim) => _counts.ContainsKey(new(ns, claim));

    internal void Count(PodInfo pod, int by)
    {
        if (!PodClaims.HasAny(pod.Pod)) return;
        foreach (var name in PodClaims.Names(pod.Pod).Select(claim => claim.Name).Distinct())
        {
            var key = new ObjectKey(pod.Key.Namespace, name);
            if (_counts.GetValueOrDefault(key) + by is var count and > 0) _counts[key] = count;
            else _counts.Remove(key);
        }
    }
}
