using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>A plugin stopped the binding of a pod that had its place.</summary>
internal sealed class BindingRefusedException(ExtensionPoint point, string plugin, PluginStatus status, string message) : Exception(message)
{
    public ExtensionPoint Point => point;
    public string Plugin => plugin;
    public PluginStatus Status => status;

    public static void ThrowUnlessSuccess(ExtensionPoint point, string plugin, PluginStatus status)
    {
        if (!status.IsSuccess) throw new BindingRefusedException(point, plugin, status, Text(point, plugin, status));
    }

    private static string Text(ExtensionPoint point, string plugin, PluginStatus status) => (point, status.Code) switch
    {
        (ExtensionPoint.Permit, Code.Error) => $"waiting on permit for pod: {status.Message}",
        (_, Code.Error) => PluginFailedException.Text(point, plugin, status.Message),
        (ExtensionPoint.Permit, _) => Diagnosis.OfOneNode(status),
        _ => status.Message,
    };
}
