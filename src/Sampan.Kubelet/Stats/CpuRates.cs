using System.Collections.Concurrent;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// How much processor something uses lately, from two readings of its counter that lie some seconds apart.
/// <code>
/// 10:00:00  5.0 s used
/// 10:00:10  9.0 s used      → 400,000,000 nanocores until the next reading
/// </code>
/// </summary>
internal sealed class CpuRates
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Reading> _readings = new();

    public CpuStats Add(string key, DateTimeOffset time, ulong nanoseconds)
    {
        var reading = _readings.AddOrUpdate(key, _ => new Reading(time, nanoseconds, null), (_, last) => last.Next(time, nanoseconds));
        return new CpuStats(time, nanoseconds, reading.Rate);
    }

    public void Trim(DateTimeOffset now)
    {
        foreach (var (key, reading) in _readings)
        {
            if (now - reading.Time > Forgotten)
            {
                _readings.TryRemove(key, out _);
            }
        }
    }

    private sealed record Reading(DateTimeOffset Time, ulong Nanoseconds, ulong? Rate)
    {
        public Reading Next(DateTimeOffset time, ulong nanoseconds)
        {
            if (nanoseconds < Nanoseconds)
            {
                return new Reading(time, nanoseconds, null);
            }

            return time - Time < MinInterval ? this : new Reading(time, nanoseconds, (ulong)((nanoseconds - Nanoseconds) / (time - Time).TotalSeconds));
        }
    }
}
