namespace Sampan.Proxy.Sync;

/// <summary>What the rules may be out of date about, gathered while earlier changes are being written.</summary>
internal sealed class DirtyKeys<TKey> : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private HashSet<TKey> _keys = [];

    public void Mark(TKey key)
    {
        lock (_lock) _keys.Add(key);
        Wake();
    }

    /// <summary>Lets the waiter go on although no key changed.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _signal.WaitAsync(atMost, cancellationToken);

    public IReadOnlyCollection<TKey> Take()
    {
        lock (_lock)
        {
            var taken = _keys;
            _keys = [];
            return taken;
        }
    }

    public void Dispose() => _signal.Dispose();
}
