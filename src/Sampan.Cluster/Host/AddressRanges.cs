using System.Net;

namespace Sampan.Cluster.Host;

/// <summary>Reads a range of addresses, or one of each IP family between commas.</summary>
public static class AddressRanges
{
    /// <param name="option">What the user calls it, for the message.</param>
    /// <param name="text">Such as <c>10.96.0.0/16</c> or <c>10.96.0.0/16,fd00:10:96::/112</c>.</param>
    /// <exception cref="HostException">It is something else.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string option, string text)
    {
        IPNetwork[] ranges = [.. text.Split(',').Select(word => IPNetwork.TryParse(word, out var range)
            ? range
            : throw new HostException($"{option}: \"{word}\" is no range of addresses; write it as 10.96.0.0/16"))];
        var families = ranges.Select(range => range.BaseAddress.AddressFamily).Distinct().Count();
        return ranges.Length == families
            ? ranges
            : throw new HostException($"{option}: \"{text}\" has more than one range of an IP family");
    }
}
