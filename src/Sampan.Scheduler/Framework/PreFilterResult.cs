namespace Sampan.Scheduler.Framework;

/// <summary>What <see cref="IPreFilterPlugin"/> says, and the only nodes worth looking at; null means all.</summary>
public readonly record struct PreFilterResult(PluginStatus Status, IReadOnlySet<string>? NodeNames = null);
