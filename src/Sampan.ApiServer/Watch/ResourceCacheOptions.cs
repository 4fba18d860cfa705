using Sampan.Api;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Watch;

/// <summary>What a cache holds and how much of the past it keeps.</summary>
internal sealed record ResourceCacheOptions(KindInfo Kind, string KeyPrefix)
{
    public SelectableFields Selectable { get; init; } = SelectableFields.None;

    /// <summary>How many events watches can resume over at most.</summary>
    public int Events { get; init; } = 4096;

    /// <summary>How long events are kept, and past states can be listed; the newest hundred events stay longer, for watches.</summary>
    public int EventMinutes { get; init; } = 5;

    /// <summary>How many events a watcher may lag behind before it is closed.</summary>
    public int WatcherQueue { get; init; } = 4096;

    /// <summary>Where the cache is counted.</summary>
    public MetricRegistry Metrics { get; init; } = new();
}
