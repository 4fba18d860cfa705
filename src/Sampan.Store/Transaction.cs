namespace Sampan.Store;

/// <summary>Changes that happen together, under one revision, if all compares hold.</summary>
public sealed record Transaction(IReadOnlyList<Compare> Compares, IReadOnlyList<Mutation> Mutations)
{
    /// <summary>The most mutations of one transaction.</summary>
    public const int MaxMutations = 1000;

    /// <summary>Puts a key that must be absent.</summary>
    public static Transaction Create(string key, ReadOnlyMemory<byte> value, long lease = 0, object? companion = null) =>
        new([Compare.Absent(key)], [new Put(key, value, lease, companion)]);

    /// <summary>Puts a key that must still be at this revision.</summary>
    public static Transaction Update(string key, long modRevision, ReadOnlyMemory<byte> value, long lease = 0, object? companion = null) =>
        new([Compare.ModRevision(key, modRevision)], [new Put(key, value, lease, companion)]);

    /// <summary>Deletes a key that must still be at this revision.</summary>
    public static Transaction Remove(string key, long modRevision) =>
        new([Compare.ModRevision(key, modRevision)], [new Delete(key)]);

    /// <summary>Puts a key whatever its state.</summary>
    public static Transaction Set(string key, ReadOnlyMemory<byte> value, long lease = 0, object? companion = null) =>
        new([], [new Put(key, value, lease, companion)]);
}
