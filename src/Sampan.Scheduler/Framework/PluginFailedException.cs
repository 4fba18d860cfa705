namespace Sampan.Scheduler.Framework;

/// <summary>A plugin broke over a pod (<see cref="Code.Error"/>): the attempt ends, and is made again after the pod's back-off.</summary>
internal sealed class PluginFailedException(string plugin, string reason, string message) : Exception(message)
{
    public string Plugin => plugin;

    /// <summary>In the plugin's own words.</summary>
    public string Reason => reason;

    public static PluginFailedException At(ExtensionPoint point, string plugin, PluginStatus status) => new(plugin, status.Message, Text(point, plugin, status.Message));

    /// <summary>What the pod's users read.</summary>
    public static string Text(ExtensionPoint point, string plugin, string reason) =>
        point == ExtensionPoint.Filter ? $"running \"{plugin}\" filter plugin: {reason}" : $"running {point} plugin \"{plugin}\": {reason}";
}
