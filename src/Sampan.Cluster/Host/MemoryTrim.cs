namespace Sampan.Cluster.Host;

/// <summary>
/// Gives this process's memory back to the system: once when everything has started, and then in every quiet period before which
/// enough was allocated. An idle process would otherwise keep what its busiest moment needed, since nothing makes it collect. A
/// large heap waits for more work, because it takes longer; code goes in any quiet period that finds much more of it than the last
/// one left, and what is needed after all is back within a few milliseconds.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private const long Quiet = 40 << 20;
    private const long Much = 16 << 20;
    private const long MuchCodeKilobytes = 4 << 10;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    private readonly ITimer _timer;
    private long _seen;
    private long _trimmed;
    private long _codeKilobytes;

    public MemoryTrim(TimeProvider time)
    {
        Trim();
        _trimmed = _seen = GC.GetTotalAllocatedBytes();
        _timer = time.CreateTimer(_ => Tick(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isQuiet = allocated - _seen < Quiet;
        _seen = allocated;
        if (isQuiet) TrimCode();
        if (!isQuiet || allocated - _trimmed < Math.Max(Much, GC.GetTotalMemory(forceFullCollection: false))) return;
        _trimmed = allocated;
        Trim();
    }

    private void TrimCode()
    {
        if (MappedCode.ResidentKilobytes() - _codeKilobytes < MuchCodeKilobytes) return;
        MappedCode.Release();
        _codeKilobytes = MappedCode.ResidentKilobytes();
    }

    private static void Trim()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
    }
}
