using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>Why a placed pod was not bound.</summary>
/// <param name="Message">For the pod's users.</param>
/// <param name="Refusing">The plugin that changed its mind about the pod; null: something broke.</param>
internal sealed record BindingFailure(string Message, string? Refusing = null)
{
    public static BindingFailure From(Exception e) => e is BindingRefusedException refused
        ? new(e.Message, refused.Status.Code is Code.Unschedulable or Code.UnschedulableAndUnresolvable ? refused.Plugin : null)
        : new(e.Message);
}
