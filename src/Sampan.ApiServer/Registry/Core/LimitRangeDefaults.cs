using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Container limits of a LimitRange: a missing default is the maximum, a missing default request the default or the minimum.</summary>
internal static class LimitRangeDefaults
{
    public static void Apply(LimitRange range)
    {
        foreach (var item in range.Spec.Limits)
        {
            FillIn(item);
            AmountDefaults.Round(item.Max);
            AmountDefaults.Round(item.Min);
            AmountDefaults.Round(item.Default);
            AmountDefaults.Round(item.DefaultRequest);
            AmountDefaults.Round(item.MaxLimitRequestRatio);
        }
    }

    private static void FillIn(LimitRangeItem item)
    {
        if (item.Type == "Container")
        {
            foreach (var (name, max) in item.Max.OrEmpty())
            {
                (item.Default ??= []).TryAdd(name, max);
            }
            foreach (var (name, value) in item.Default.OrEmpty())
            {
                (item.DefaultRequest ??= []).TryAdd(name, value);
            }
            foreach (var (name, min) in item.Min.OrEmpty())
            {
                (item.DefaultRequest ??= []).TryAdd(name, min);
            }
        }
    }
}
