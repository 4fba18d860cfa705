namespace Sampan.Kubelet.Pods;

/// <summary>How far a pod's init containers are.</summary>
internal enum InitProgress
{
    UnderWay,
    Done,

    /// <summary>One failed that may not start again.</summary>
    Failed,
}
