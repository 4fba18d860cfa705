namespace Sampan.ControllerManager.Jobs;

/// <summary>The pause before pods that failed are replaced, from the last failure on: 10 s, doubling to 10 min. A success ends it.</summary>
internal sealed class JobBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset LastAt)> _records = [];

    public static TimeSpan PauseAfter(int failures) =>
        failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)), Longest.TotalSeconds));

    /// <summary>Only failures after the last success count, by when the pods ended and not by when that was seen.</summary>
    public void Note(JobSync sync)
    {
        if (sync.NewlyFailed.Count + sync.NewlySucceeded.Count == 0) return;
        lock (_lock)
        {
            var uid = sync.Job.Metadata.Uid;
            var success = sync.NewlySucceeded.Select(p => (DateTimeOffset?)JobPodTimes.EndOf(p, sync.Now)).Max();
            var ends = sync.NewlyFailed.Select(p => JobPodTimes.EndOf(p, sync.Now)).Where(end => success is null || end > success).ToList();
            var known = success is null ? _records.GetValueOrDefault(uid) : default;
            if (known.Failures + ends.Count == 0) _records.Remove(uid);
            else _records[uid] = (known.Failures + ends.Count, ends.Append(known.LastAt).Max());
        }
    }

    public TimeSpan Wait(JobSync sync)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(sync.Job.Metadata.Uid, out var record)) return TimeSpan.Zero;
            var left = record.LastAt + PauseAfter(record.Failures) - sync.Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Forget(string uid)
    {
        lock (_lock) _records.Remove(uid);
    }
}
