namespace Sampan.Cluster.Lifecycle;

/// <summary>What `sampan up` may be told.</summary>
/// <param name="Paths">Where the cluster keeps its files.</param>
/// <param name="ServerArguments">What is handed on to `sampan server`.</param>
/// <param name="UserKubeconfig">The file that gets the context `sampan`; null: none.</param>
/// <param name="Timeout">How long each step may take.</param>
/// <param name="ForeignCni">Whether nodes become Ready only when somebody else installs a pod network.</param>
/// <param name="Nodes">How many nodes there are at least, the server's own among them.</param>
public sealed record UpOptions(ClusterPaths Paths, IReadOnlyList<string> ServerArguments, string? UserKubeconfig, TimeSpan Timeout, bool ForeignCni = false, int Nodes = 1);
