namespace Sampan.Scheduler.Framework;

/// <summary>The outcomes of a plugin.</summary>
public enum Code
{
    Success,
    Unschedulable,
    UnschedulableAndUnresolvable,
    Skip,
}
