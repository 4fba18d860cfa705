namespace Sampan.Store;

/// <summary>The events of one revision (those with the watcher's prefix), in the order of the transaction's mutations.</summary>
public sealed record StoreBatch(long Revision, IReadOnlyList<StoreEvent> Events);
