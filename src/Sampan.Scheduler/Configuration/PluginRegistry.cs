using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Configuration;

/// <summary>The plugins that a configuration can name: upstream's, and the caller's own.</summary>
public sealed class PluginRegistry
{
    private readonly Dictionary<string, Func<PluginConfig, IPlugin>> _plugins = DefaultPlugins.All.ToDictionary(p => p.Name, p => p.Create);

    /// <summary>Adds a plugin, or puts one in the place of upstream's.</summary>
    /// <param name="name">What configurations call it; its <see cref="IPlugin.Name"/>.</param>
    /// <param name="create">Makes one for each profile that enables it; <see cref="PluginConfig.Args"/> is what the profile says for it.</param>
    public PluginRegistry Add(string name, Func<PluginConfig, IPlugin> create)
    {
        _plugins[name] = create;
        return this;
    }

    internal IPlugin? Create(string name, PluginConfig config) => _plugins.TryGetValue(name, out var create) ? create(config) : null;
}
