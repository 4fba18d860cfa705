namespace Sampan.ApiServer.Watch;

/// <summary>
/// Gives memory back to the system after much work: when a minute was quiet and the ones before were not, the heap is compacted once.
/// An idle process would otherwise keep what its busiest moment needed, since nothing makes it collect.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private const long Quiet = 32 << 20;
    private const long Much = 256 << 20;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly ITimer _timer;
    private long _seen = GC.GetTotalAllocatedBytes();
    private long _trimmed;

    public MemoryTrim(TimeProvider time)
    {
        _trimmed = _seen;
        _timer = time.CreateTimer(_ => Tick(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isQuiet = allocated - _seen < Quiet;
        _seen = allocated;
        if (isQuiet && allocated - _trimmed > Much)
        {
            _trimmed = allocated;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
