using System.Globalization;
using Sampan.Api;

namespace Sampan.Kubelet.Eviction;

/// <summary>A quantity, or a share of what there is.</summary>
/// <remarks>A share is a number of single precision, as upstream keeps it, so that both tell the same number of bytes.</remarks>
internal sealed record ThresholdAmount(Quantity? Amount, float Share)
{
    /// <summary>A share of 0 % or 100 % switches a threshold off.</summary>
    public bool IsOff => Amount is null && Share is <= 0 or >= 1;

    public static ThresholdAmount Parse(string text) => text.EndsWith('%')
        ? new(null, float.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture) / 100)
        : new(Quantity.Parse(text), 0);

    public long Of(long capacity) => Amount?.AsLong() ?? (long)(capacity * (double)Share);

    /// <summary>As messages tell it: a share by 1024, whatever it counts.</summary>
    public Quantity QuantityOf(long capacity) => Amount ?? new Quantity(Of(capacity), QuantityFormat.BinarySI);
}
