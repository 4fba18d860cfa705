using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Amounts of bytes that are no whole number, mostly an "m" that should be an "M".</summary>
internal static class FractionalWarnings
{
    private static readonly string[] OfContainers = ["memory", "ephemeral-storage"];

    public static IEnumerable<string> Of(Dictionary<string, Quantity>? amounts, FieldPath path) =>
        amounts is null ? [] : OfContainers.SelectMany(name => Of(amounts, name, path));

    public static IEnumerable<string> OfClaim(PersistentVolumeClaimSpec spec, FieldPath path) =>
    [
        .. Of(spec.Resources.Requests, "storage", path.Child("resources", "requests")),
        .. Of(spec.Resources.Limits, "storage", path.Child("resources", "limits")),
    ];

    public static IEnumerable<string> Of(Dictionary<string, Quantity>? amounts, string name, FieldPath path) =>
        amounts.OrEmpty().TryGetValue(name, out var amount) && amount.AsMilli() % 1000 != 0
            ? [$"{path.Key(name)}: fractional byte value {GoText.Quote(amount.ToString())} is invalid, must be an integer"] : [];
}
