using Sampan.Api;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Eviction;

/// <summary>Less of a signal than this is too little. Soft thresholds must hold for their grace first.</summary>
/// <param name="Signal">What is looked at.</param>
/// <param name="Least">Less is too little.</param>
/// <param name="Reclaim">How much more than that there has to be before it is enough again; null for any.</param>
/// <param name="Grace">Zero for a hard one.</param>
internal sealed record Threshold(string Signal, ThresholdAmount Least, ThresholdAmount? Reclaim, TimeSpan Grace)
{
    public bool IsSoft => Grace > TimeSpan.Zero;

    public static IReadOnlyList<Threshold> From(KubeletConfiguration configuration) =>
    [
        .. configuration.EvictionHard.Select(e => Parse(configuration, e.Key, e.Value, TimeSpan.Zero)).OfType<Threshold>(),
        .. OfPods(configuration),
        .. configuration.EvictionSoft.Select(e => Parse(configuration, e.Key, e.Value, Duration.Parse(configuration.EvictionSoftGracePeriod[e.Key]))).OfType<Threshold>(),
    ];

    /// <summary>Where pods have a limit in all, its end is as near as the node's.</summary>
    private static IEnumerable<Threshold> OfPods(KubeletConfiguration configuration) =>
        configuration.EnforceNodeAllocatable.Contains("pods")
            && configuration.EvictionHard.TryGetValue(Eviction.Signal.MemoryAvailable, out var text)
            && Parse(configuration, Eviction.Signal.MemoryAvailable, text, TimeSpan.Zero) is { } threshold
            ? [threshold with { Signal = Eviction.Signal.AllocatableMemory }]
            : [];

    private static Threshold? Parse(KubeletConfiguration configuration, string signal, string text, TimeSpan grace)
    {
        var reclaim = configuration.EvictionMinimumReclaim.GetValueOrDefault(signal);
        return ThresholdAmount.Parse(text) is { IsOff: false } least ? new Threshold(signal, least, reclaim is null ? null : ThresholdAmount.Parse(reclaim), grace) : null;
    }
}
