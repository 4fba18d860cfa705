namespace Sampan.Kubelet.Pods;

/// <summary>Why a container does not run yet, as its status tells.</summary>
internal sealed record WaitingState(string Reason, string Message);
