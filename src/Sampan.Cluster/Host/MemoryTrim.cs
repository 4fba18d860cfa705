namespace Sampan.Cluster.Host;

/// <summary>
/// Gives this process's memory back to the system: once when everything has started, and after much work, when a minute was quiet and
/// the ones before were not. An idle process would otherwise keep what its busiest moment needed, since nothing makes it collect. A
/// large heap waits for more work, because it takes longer; code goes in any quiet minute that finds much more of it than the last
/// one left, and what is needed after all is back within a few milliseconds.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private const long Quiet = 128 << 20;
    private const long Much = 32 << 20;
    private const long MuchCodeKilobytes = 8 << 10;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

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
