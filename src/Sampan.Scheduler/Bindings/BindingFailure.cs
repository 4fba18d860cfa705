using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>Why a placed pod was not bound.</summary>
/// <param name="Message">For the pod's users.</param>
/// <param name="IsRefusal">A plugin changed its mind about the pod; else something broke.</param>
/// <param name="Refusing">The plugin whose changes the pod waits for; null: it is tried again after its back-off.</param>
internal sealed record BindingFailure(string Message, bool IsRefusal = false, string? Refusing = null)
{
    // Work before the binding may have changed what the refusal was about, so only a permit's refusal is waited out.
    public static BindingFailure From(Exception e) => e is BindingRefusedException { Status.Code: Code.Unschedulable or Code.UnschedulableAndUnresolvable } refused
        ? new(e.Message, IsRefusal: true, refused.Point == ExtensionPoint.Permit ? refused.Plugin : null)
        : new(e.Message);
}
