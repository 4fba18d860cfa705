namespace Sampan.Store;

/// <summary>
/// A change of one key. <see cref="Current"/> is null for a deletion. <see cref="Previous"/> is null for a creation, and when
/// compaction has taken it. <see cref="Companion"/> is the writer's, present only on fresh events of this process.
/// </summary>
public sealed record StoreEvent(string Key, KeyValue? Current, KeyValue? Previous, object? Companion = null)
{
    public bool IsDelete => Current is null;

    public bool IsCreate => Current is { Version: 1 };
}
