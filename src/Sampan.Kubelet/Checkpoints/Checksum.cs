using System.Text;

namespace Sampan.Kubelet.Checkpoints;

/// <summary>
/// Upstream's kubelet believes a state file only where its checksum is right: FNV-1a, 32 bits, of the Go object written out with the
/// names of fields and types. Whoever computes one writes that text:
/// <code>(*state.MemoryManagerCheckpoint){PolicyName:(string)None MachineState:(state.NUMANodeMap)map[] …}</code>
/// Types stand before fields only; what a list or map holds, and what a pointer points at, goes without.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/checkpointmanager/checksum, over k8s.io/apimachinery/pkg/util/dump.</remarks>
internal static class Checksum
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(string text) => Encoding.UTF8.GetBytes(text).Aggregate(Basis, (hash, octet) => unchecked((hash ^ octet) * Prime));

    /// <summary>A list as Go writes it: <c>[a b]</c>.</summary>
    public static string List<T>(IEnumerable<T> items) => $"[{string.Join(' ', items)}]";

    /// <summary>A map as Go writes it, its keys in order already: <c>map[a:1 b:2]</c>.</summary>
    public static string Map<TKey>(IEnumerable<(TKey Key, string Value)> items) => $"map[{string.Join(' ', items.Select(i => $"{i.Key}:{i.Value}"))}]";
}
