using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Nothing is counted finer than a thousandth: what is written finer is rounded up. Upstream: SetDefaults_ResourceList.</summary>
internal static class AmountDefaults
{
    private const int Milli = -3;

    public static void Round(Dictionary<string, Quantity>? amounts)
    {
        foreach (var (name, amount) in amounts.OrEmpty())
        {
            var rounded = amount.RoundUp(Milli);
            if (rounded != amount)
            {
                amounts![name] = rounded;
            }
        }
    }

    public static void Round(ResourceRequirements? resources)
    {
        Round(resources?.Limits);
        Round(resources?.Requests);
    }
}
