namespace Sampan.Store;

/// <summary>A running subscription. Every batch with a revision above <see cref="Revision"/> reaches the observer until disposal.</summary>
public sealed class StoreSubscription(long revision, Action end) : IDisposable
{
    private Action? _end = end;

    public long Revision { get; } = revision;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
