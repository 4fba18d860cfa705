using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Nodes;

/// <summary>The node's status as this kubelet sent it, beside what the API server has.</summary>
internal static class SentStatus
{
    /// <summary>Whether the API server still has what was sent; somebody else may have written over it. What others added is theirs.</summary>
    public static bool IsKept(NodeStatus sent, NodeStatus seen) =>
        sent.Conditions.OrEmpty().All(c => seen.Conditions.OrEmpty().Any(s => (s.Type, s.Status, s.Reason, s.Message) == (c.Type, c.Status, c.Reason, c.Message)))
        && AreKept(sent.Capacity.OrEmpty(), seen.Capacity.OrEmpty())
        && AreKept(sent.Allocatable.OrEmpty(), seen.Allocatable.OrEmpty());

    private static bool AreKept(IReadOnlyDictionary<string, Quantity> sent, IReadOnlyDictionary<string, Quantity> seen) =>
        sent.All(s => seen.TryGetValue(s.Key, out var amount) && amount == s.Value);
}
