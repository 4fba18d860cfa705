using Sampan.Api.Core.V1;

namespace Sampan.Cluster.Lifecycle;

/// <summary>One node as people see it.</summary>
/// <param name="State">Ready or NotReady, Joining before the cluster knows it, Stopped when its agent does not run.</param>
/// <param name="Address">Where others reach it.</param>
public sealed record NodeLine(string Name, string State, string Address)
{
    /// <summary>Which machine it is.</summary>
    public string Host { get; init; } = "";

    /// <summary>The file where its agent says what it does, for nodes of this machine.</summary>
    public string? Log { get; init; }

    internal static NodeLine Of(Node node) => new(
        node.Metadata.Name ?? "",
        Problem(node) is null ? "Ready" : "NotReady",
        node.Status?.Addresses.OrEmpty().FirstOrDefault(a => a.Type == "InternalIP")?.Address ?? "");

    /// <summary>Why a node is not ready; null when it is.</summary>
    internal static string? Problem(Node node) => node.Status?.Conditions.OrEmpty().FirstOrDefault(c => c.Type == "Ready") switch
    {
        null => $"{node.Metadata.Name} has no status yet",
        { Status: "True" } => null,
        var ready => $"{node.Metadata.Name}: {ready.Reason}: {ready.Message}",
    };
}
