namespace Sampan.Client.Controllers;

/// <summary>Collects what one reconcile wrote, as waits for the caches to see it.</summary>
internal sealed class ReconcileScope
{
    private static readonly AsyncLocal<ReconcileScope?> Active = new();
    private readonly Lock _lock = new();
    private readonly List<Func<CancellationToken, Task>> _waits = [];

    public static ReconcileScope? Current => Active.Value;

    public bool HasSettled
    {
        get
        {
            lock (_lock) return _waits.Count == 0;
        }
    }

    public IDisposable Enter()
    {
        Active.Value = this;
        return new Exit();
    }

    public void Add(Func<CancellationToken, Task> wait)
    {
        lock (_lock) _waits.Add(wait);
    }

    public Task SettleAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.WhenAll(_waits.Select(w => w(cancellationToken)));
    }

    private sealed class Exit : IDisposable
    {
        public void Dispose() => Active.Value = null;
    }
}
