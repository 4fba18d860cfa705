namespace Sampan.Kubelet.Pods;

/// <summary>The node's settings of seccomp: where profiles of type Localhost lie, and what goes for pods that state none.</summary>
internal sealed record SeccompDefaults(string Root, bool IsRuntimeDefault);
