namespace Sampan.ApiServer.Admission.Quota;

/// <summary>
/// Lets the writes of one namespace be charged one after another, so that they do not fail each other's compare-and-swap. Namespaces
/// share a fixed number of locks.
/// </summary>
internal sealed class NamespaceLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Holder> EnterAsync(string ns, CancellationToken cancelled)
    {
        var gate = _locks[(uint)ns.GetHashCode(StringComparison.Ordinal) % _locks.Length];
        await gate.WaitAsync(cancelled);
        return new Holder(gate);
    }

    public readonly struct Holder(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
