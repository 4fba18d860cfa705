namespace Sampan.Scheduler.Configuration;

/// <summary>A plugin by name; "*" in a list of disabled ones means all.</summary>
/// <param name="Name">Upstream's name, or that of a plugin of the caller's own.</param>
/// <param name="Weight">What a score counts; null or 0: 1.</param>
public sealed record PluginReference(string Name, int? Weight = null);
