namespace Sampan.Scheduler.Configuration;

/// <summary>What is added to, and taken from, the default plugins of an extension point.</summary>
public sealed class PluginSet
{
    public const string All = "*";

    public List<PluginReference> Enabled { get; set; } = [];
    public List<PluginReference> Disabled { get; set; } = [];

    internal bool Disables(string name) => Disabled.Exists(plugin => plugin.Name == name || plugin.Name == All);
}
