using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>A plugin stopped the binding of a pod that had its place.</summary>
internal sealed class BindingRefusedException(string plugin, PluginStatus status) : Exception(status.Message)
{
    public string Plugin => plugin;
    public PluginStatus Status => status;

    public static void ThrowUnlessSuccess(string plugin, PluginStatus status)
    {
        if (!status.IsSuccess) throw new BindingRefusedException(plugin, status);
    }
}
