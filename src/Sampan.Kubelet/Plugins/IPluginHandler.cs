namespace Sampan.Kubelet.Plugins;

/// <summary>Takes plugins of one type.</summary>
internal interface IPluginHandler
{
    /// <summary>The type that plugins state: <c>CSIPlugin</c>, <c>DevicePlugin</c>, <c>DRAPlugin</c>.</summary>
    string Type { get; }

    /// <exception cref="PluginRejectedException">The plugin cannot be one of this node; it is told why.</exception>
    void Validate(Plugin plugin);

    /// <summary>Puts it to use. One that comes again under a known name takes the old one's place.</summary>
    /// <exception cref="PluginRejectedException">It is told why, and asked again later.</exception>
    Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken);

    /// <summary>Its socket is gone.</summary>
    Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken);
}
