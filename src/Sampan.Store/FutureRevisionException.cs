namespace Sampan.Store;

/// <summary>The revision asked for does not exist yet.</summary>
public sealed class FutureRevisionException(long revision, long currentRevision)
    : StoreException($"revision {revision} is in the future; the newest one is {currentRevision}")
{
    public long Revision { get; } = revision;

    public long CurrentRevision { get; } = currentRevision;
}
