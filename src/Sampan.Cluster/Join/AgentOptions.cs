using Sampan.Cluster.Server;

namespace Sampan.Cluster.Join;

/// <summary>What `sampan agent` may be told.</summary>
/// <param name="Server">The API server's URL, such as https://192.0.2.10:6443.</param>
/// <param name="Token">What lets the machine join the first time; null afterwards.</param>
/// <param name="Node">The node itself; what is the cluster's comes from the server.</param>
public sealed record AgentOptions(string Server, string? Token, ClusterOptions Node);
