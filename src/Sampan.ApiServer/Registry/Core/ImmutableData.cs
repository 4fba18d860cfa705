using Sampan.Api;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Compares the contents of config maps and secrets.</summary>
internal static class ImmutableData
{
    public static bool SameBytes(Dictionary<string, byte[]>? a, Dictionary<string, byte[]>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count
        && a.OrEmpty().All(entry => b.OrEmpty().TryGetValue(entry.Key, out var other) && other.AsSpan().SequenceEqual(entry.Value));
}
