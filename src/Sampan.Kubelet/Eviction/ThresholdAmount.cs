using System.Globalization;
using Sampan.Api;

namespace Sampan.Kubelet.Eviction;

/// <summary>A quantity, or a share of what there is.</summary>
internal sealed record ThresholdAmount(Quantity? Amount, double Share)
{
    /// <summary>A share of 0 % or 100 % switches a threshold off.</summary>
    public bool IsOff => Amount is null && Share is <= 0 or >= 1;

    public static ThresholdAmount Parse(string text) => text.EndsWith('%')
        ? new(null, double.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture) / 100)
        : new(Quantity.Parse(text), 0);

    public long Of(long capacity) => Amount?.AsLong() ?? (long)(capacity * Share);
}
