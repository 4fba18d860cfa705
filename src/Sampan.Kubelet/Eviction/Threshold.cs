using System.Globalization;
using Sampan.Api;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Eviction;

/// <summary>Less of a signal than this is too little: a quantity, or a share of what there is. Soft ones must hold for their grace first.</summary>
internal sealed record Threshold(string Signal, Quantity? Amount, double Share, TimeSpan Grace)
{
    public bool IsSoft => Grace > TimeSpan.Zero;

    public static IReadOnlyList<Threshold> From(KubeletConfiguration configuration) =>
    [
        .. configuration.EvictionHard.Select(e => Parse(e.Key, e.Value, TimeSpan.Zero)).OfType<Threshold>(),
        .. configuration.EvictionSoft.Select(e => Parse(e.Key, e.Value, Duration.Parse(configuration.EvictionSoftGracePeriod[e.Key]))).OfType<Threshold>(),
    ];

    /// <summary>The amount below which it is met.</summary>
    public long Of(long capacity) => Amount?.AsLong() ?? (long)(capacity * Share);

    /// <summary>A share of 0 % or 100 % switches a threshold off.</summary>
    private static Threshold? Parse(string signal, string text, TimeSpan grace)
    {
        if (!text.EndsWith('%'))
        {
            return new Threshold(signal, Quantity.Parse(text), 0, grace);
        }

        var percent = double.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture);
        return percent is <= 0 or >= 100 ? null : new Threshold(signal, null, percent / 100, grace);
    }
}
