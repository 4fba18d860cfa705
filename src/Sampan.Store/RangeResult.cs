namespace Sampan.Store;

/// <summary>
/// What a range read found. <see cref="Revision"/> is the revision that was read; <see cref="Count"/> counts all keys from the start
/// of the read on, also those beyond the limit.
/// </summary>
public sealed record RangeResult(IReadOnlyList<KeyValue> Items, long Revision, long Count)
{
    public bool More => Count > Items.Count;
}
