namespace Sampan.Kubelet.Plugins;

/// <summary>A plugin that announced itself.</summary>
/// <param name="Name">A driver's name (<c>csi.example.com</c>) or a resource's (<c>example.com/gpu</c>).</param>
/// <param name="Endpoint">The path of the socket where it serves.</param>
/// <param name="Versions">What it says it speaks: plain versions, or names of gRPC services.</param>
internal sealed record Plugin(string Name, string Endpoint, IReadOnlyList<string> Versions);
