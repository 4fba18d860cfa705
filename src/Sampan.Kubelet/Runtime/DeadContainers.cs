namespace Sampan.Kubelet.Runtime;

/// <summary>How many ended containers are kept for their logs and exit codes; upstream's three flags.</summary>
/// <param name="MinAge">Younger ones are always kept.</param>
/// <param name="MaxPerContainer">Of one container of one pod; negative for all.</param>
/// <param name="MaxInAll">Of the node; negative for all.</param>
public sealed record DeadContainers(TimeSpan MinAge = default, int MaxPerContainer = 1, int MaxInAll = -1)
{
    /// <summary>What has to go, the oldest first.</summary>
    internal IReadOnlyList<Cri.ContainerStatus> Excess(IEnumerable<PodRuntimeState> pods, DateTimeOffset now)
    {
        var newest = (now - MinAge - DateTimeOffset.UnixEpoch).Ticks * 100;
        var dead = pods.SelectMany(pod => pod.Containers
            .Where(c => c.State is not Cri.ContainerState.ContainerRunning && c.CreatedAt <= newest)
            .GroupBy(c => c.Metadata.Name)
            .Select(g => g.OrderByDescending(c => c.Metadata.Attempt).ThenByDescending(c => c.CreatedAt).ToList())).ToList();
        var kept = MaxPerContainer < 0 ? dead : dead.ConvertAll(d => d.Take(MaxPerContainer).ToList());
        if (MaxInAll >= 0 && kept.Sum(k => k.Count) > MaxInAll)
        {
            var each = Math.Max(MaxInAll / Math.Max(kept.Count, 1), 1);
            kept = kept.ConvertAll(k => k.Take(each).ToList());
            var all = kept.SelectMany(k => k).OrderByDescending(c => c.CreatedAt).Take(MaxInAll).ToHashSet();
            kept = kept.ConvertAll(k => k.Where(all.Contains).ToList());
        }

        return [.. dead.SelectMany(d => d).Except(kept.SelectMany(k => k)).OrderBy(c => c.CreatedAt)];
    }
}
