namespace Sampan.Scheduler.Framework;

/// <summary>The outcomes of a plugin.</summary>
public enum Code
{
    Success,
    Unschedulable,
    UnschedulableAndUnresolvable,
    Skip,

    /// <summary>Permit only: the pod keeps its place and waits for a decision.</summary>
    Wait,

    /// <summary>Something broke; the pod is tried again after its back-off.</summary>
    Error,
}
