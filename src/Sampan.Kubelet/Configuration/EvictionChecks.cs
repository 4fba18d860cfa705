using System.Globalization;
using Sampan.Api;
using Sampan.Kubelet.Eviction;

namespace Sampan.Kubelet.Configuration;

/// <summary>Which thresholds of eviction cannot be meant. Texts are upstream's (pkg/kubelet/eviction/helpers.go).</summary>
internal static class EvictionChecks
{
    public static IEnumerable<string> Of(KubeletConfiguration c) =>
    [
        .. c.EvictionHard.Concat(c.EvictionSoft).Select(e => Threshold(e.Key, e.Value)).OfType<string>(),
        .. c.EvictionSoftGracePeriod.Where(e => Duration.TryParse(e.Value, out var grace) && grace.ToTimeSpan() < TimeSpan.Zero)
            .Select(e => $"invalid eviction grace period specified: {e.Value}, must be a positive value"),
        .. c.EvictionMinimumReclaim.Where(e => e.Value.StartsWith('-')).Select(e => $"negative eviction minimum reclaim specified for {e.Key}"),
    ];

    private static string? Threshold(string signal, string value)
    {
        if (!Signal.Names.Contains(signal))
        {
            return $"unsupported eviction signal {signal}";
        }

        if (!value.EndsWith('%'))
        {
            return Quantity.TryParse(value, out var amount) && amount.CompareTo(Quantity.Zero) > 0 ? null : $"eviction threshold {signal} must be positive: {value}";
        }

        var isNumber = double.TryParse(value.AsSpan(..^1), CultureInfo.InvariantCulture, out var share);
        return !isNumber || share < 0 ? $"eviction percentage threshold {signal} must be >= 0%: {value}"
            : share > 100 ? $"eviction percentage threshold {signal} must be <= 100%: {value}"
            : null;
    }
}
