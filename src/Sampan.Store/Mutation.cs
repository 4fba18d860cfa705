namespace Sampan.Store;

/// <summary>One change of a transaction. A key may appear once.</summary>
public abstract record Mutation(string Key);

/// <summary>
/// Sets a key. <paramref name="Companion"/> is not stored: it travels beside the value to the watchers of this process, so that
/// they need not decode what the writer has at hand. It is shared and must not be changed afterwards.
/// </summary>
public sealed record Put(string Key, ReadOnlyMemory<byte> Value, long Lease = 0, object? Companion = null) : Mutation(Key);

/// <summary>Removes a key. Removing an absent key changes nothing.</summary>
public sealed record Delete(string Key) : Mutation(Key);
