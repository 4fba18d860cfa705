namespace Sampan.Kubelet.Volumes;

/// <summary>One holder a key; a key that nobody holds or waits for takes no room.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, (SemaphoreSlim Semaphore, int Users)> _locks = [];

    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var semaphore = Join(key);
        try
        {
            await semaphore.WaitAsync(cancellationToken);
            return new Holder(this, key, semaphore);
        }
        catch
        {
            Leave(key);
            throw;
        }
    }

    private SemaphoreSlim Join(string key)
    {
        lock (_locks)
        {
            var (semaphore, users) = _locks.GetValueOrDefault(key, (new SemaphoreSlim(1), 0));
            _locks[key] = (semaphore, users + 1);
            return semaphore;
        }
    }

    private void Leave(string key)
    {
        lock (_locks)
        {
            var (semaphore, users) = _locks[key];
            _locks[key] = (semaphore, users - 1);
            if (users == 1)
            {
                _locks.Remove(key);
            }
        }
    }

    private sealed class Holder(KeyedLock owner, string key, SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose()
        {
            semaphore.Release();
            owner.Leave(key);
        }
    }
}
