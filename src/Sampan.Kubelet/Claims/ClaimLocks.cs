namespace Sampan.Kubelet.Claims;

/// <summary>
/// A lock for each claim, so that a driver that does not answer holds up only those who want its claims. Several are taken in the
/// order of their names: two pods that share claims never wait for each other.
/// </summary>
internal sealed class ClaimLocks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <returns>Releases them all.</returns>
    public async Task<IDisposable> TakeAsync(IEnumerable<string> claims, CancellationToken cancellationToken)
    {
        var held = new Held(this);
        try
        {
            foreach (var claim in claims.Distinct().Order(StringComparer.Ordinal))
            {
                await held.AddAsync(claim, cancellationToken);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private Entry Enter(string claim)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(claim, out var entry))
            {
                _entries[claim] = entry = new Entry();
            }

            entry.Users++;
            return entry;
        }
    }

    /// <summary>Nobody is left who could want it: the next one starts anew.</summary>
    private void Leave(string claim, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(claim);
                entry.Turn.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>Who holds it and who waits for it.</summary>
        public int Users { get; set; }
    }

    private sealed class Held(ClaimLocks locks) : IDisposable
    {
        private readonly List<(string Claim, Entry Entry)> _held = [];

        public async Task AddAsync(string claim, CancellationToken cancellationToken)
        {
            var entry = locks.Enter(claim);
            try
            {
                await entry.Turn.WaitAsync(cancellationToken);
                _held.Add((claim, entry));
            }
            catch
            {
                locks.Leave(claim, entry);
                throw;
            }
        }

        public void Dispose()
        {
            foreach (var (claim, entry) in _held)
            {
                entry.Turn.Release();
                locks.Leave(claim, entry);
            }

            _held.Clear();
        }
    }
}
