namespace Sampan.Kubelet.Runtime;

/// <summary>Something happened to this container or sandbox; what, the next listing tells.</summary>
internal readonly record struct RuntimeEvent(string ContainerId);
