namespace Sampan.Client.Controllers;

/// <summary>Collects what one reconcile wrote, as waits for the caches to see it.</summary>
internal sealed class ReconcileScope
{
    private static readonly AsyncLocal<ReconcileScope?> Active = new();
    private readonly Lock _lock = new();
    private readonly List<(GroupResource Resource, Func<CancellationToken, Task> Wait)> _waits = [];

    public static ReconcileScope? Current => Active.Value;

    public bool HasSettled
    {
        get
        {
            lock (_lock) return _waits.Count == 0;
        }
    }

    /// <summary>What the caches have to see.</summary>
    public IReadOnlyList<GroupResource> Resources
    {
        get
        {
            lock (_lock) return [.. _waits.Select(w => w.Resource).Distinct()];
        }
    }

    public IDisposable Enter()
    {
        Active.Value = this;
        return new Exit();
    }

    public void Add(GroupResource resource, Func<CancellationToken, Task> wait)
    {
        lock (_lock) _waits.Add((resource, wait));
    }

    public Task SettleAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.WhenAll(_waits.Select(w => w.Wait(cancellationToken)));
    }

    private sealed class Exit : IDisposable
    {
        public void Dispose() => Active.Value = null;
    }
}
