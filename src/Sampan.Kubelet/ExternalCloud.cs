namespace Sampan.Kubelet;

/// <summary>The node is a machine of a cloud, whose controllers run apart from the kubelet and tell what the machine is.</summary>
/// <param name="ProvidedNodeIP">The address that the node was given, for the controller to choose by; null for none.</param>
public sealed record ExternalCloud(string? ProvidedNodeIP);
