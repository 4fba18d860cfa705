using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>A plugin stopped the binding of a pod that had its place.</summary>
internal sealed class BindingRefusedException(string plugin, PluginStatus status, string message) : Exception(message)
{
    public string Plugin => plugin;
    public PluginStatus Status => status;

    public static void ThrowUnlessSuccess(ExtensionPoint point, string plugin, PluginStatus status)
    {
        if (!status.IsSuccess) throw new BindingRefusedException(plugin, status, status.Code == Code.Error ? PluginFailedException.Text(point, plugin, status.Message) : status.Message);
    }
}
