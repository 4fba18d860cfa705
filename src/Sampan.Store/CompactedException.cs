namespace Sampan.Store;

/// <summary>The revision asked for has been compacted; <see cref="CompactedRevision"/> is the oldest one that can be read.</summary>
public sealed class CompactedException(long revision, long compactedRevision)
    : StoreException($"revision {revision} has been compacted; the oldest one kept is {compactedRevision}")
{
    public long Revision { get; } = revision;

    public long CompactedRevision { get; } = compactedRevision;
}
