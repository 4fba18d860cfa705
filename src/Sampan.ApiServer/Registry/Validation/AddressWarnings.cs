using System.Net;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Addresses that mean something, but are not written as they should be. Upstream: GetWarningsForIP, GetWarningsForCIDR.</summary>
internal static class AddressWarnings
{
    public static IEnumerable<string> OfAddress(FieldPath path, string? text)
    {
        if (string.IsNullOrEmpty(text) || !AddressChecks.TryParse(text, out var address, out var leadingZeros))
        {
            yield break;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (leadingZeros || address.IsIPv4MappedToIPv6)
        {
            yield return $"{path}: non-standard IP address {GoText.Quote(text)} will be considered invalid in a future Kubernetes release: "
                + $"use {GoText.Quote(plain.ToString())}";
        }
        else if (plain.ToString() != text)
        {
            yield return $"{path}: IPv6 address {GoText.Quote(text)} should be in RFC 5952 canonical format ({GoText.Quote(plain.ToString())})";
        }
    }

    public static IEnumerable<string> OfNetwork(FieldPath path, string? text)
    {
        if (string.IsNullOrEmpty(text) || AddressChecks.NetworkOf(text) is not { } network)
        {
            yield break;
        }
        var shown = $"{network.BaseAddress}/{network.PrefixLength}";
        switch (AddressChecks.ComplaintAboutNetwork(text, canonical: true))
        {
            case null:
                break;
            case "must not have bits set beyond the prefix length":
                var host = IPAddress.Parse(text[..text.IndexOf('/', StringComparison.Ordinal)]);
                yield return $"{path}: CIDR value {GoText.Quote(text)} is ambiguous in this context (should be {GoText.Quote(shown)} or "
                    + $"{GoText.Quote($"{host}/{host.GetAddressBytes().Length * 8}")}?)";
                break;
            case var complaint when complaint.StartsWith("must be in canonical form", StringComparison.Ordinal):
                yield return $"{path}: IPv6 CIDR value {GoText.Quote(text)} should be in RFC 5952 canonical format ({GoText.Quote(shown)})";
                break;
            default:
                yield return $"{path}: non-standard CIDR value {GoText.Quote(text)} will be considered invalid in a future Kubernetes release: "
                    + $"use {GoText.Quote(shown)}";
                break;
        }
    }
}
