using Sampan.Scheduler.Configuration;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>How long the search for devices on one node may take: the scheduling loop has other pods to place.</summary>
internal sealed class SearchLimit(DynamicResourcesArgs? args, TimeProvider time)
{
    // Looking at the clock costs more than a step.
    private const int StepsBetweenLooks = 64;

    private static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _limit = args?.FilterTimeout?.ToTimeSpan() ?? Default;
    private readonly long _started = time.GetTimestamp();
    private int _steps;

    /// <exception cref="AllocationException">The time is up.</exception>
    public void Step()
    {
        if (_limit <= TimeSpan.Zero || ++_steps % StepsBetweenLooks != 0) return;
        if (time.GetElapsedTime(_started) > _limit) throw new AllocationException("timed out trying to allocate devices", isOfNode: true);
    }
}
