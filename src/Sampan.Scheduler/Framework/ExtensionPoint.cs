namespace Sampan.Scheduler.Framework;

/// <summary>The steps of a pod's way to its node, under upstream's names.</summary>
internal enum ExtensionPoint
{
    PreFilter,
    Filter,
    PostFilter,
    PreScore,
    Score,
    Reserve,
    Unreserve,
    Permit,
    PreBind,
    Bind,
    PostBind,
}
