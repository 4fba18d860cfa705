namespace Sampan.ControllerManager.Jobs;

/// <summary>The pause before pods that failed are replaced: 10 s, doubling to 10 min; a success ends it.</summary>
internal sealed class JobBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset LastAt)> _records = [];

    public void Note(JobSync sync)
    {
        lock (_lock)
        {
            var uid = sync.Job.Metadata.Uid;
            if (sync.HasNewSuccess) _records.Remove(uid);
            if (sync.NewlyFailed.Count == 0) return;
            _records[uid] = (_records.GetValueOrDefault(uid).Failures + sync.NewlyFailed.Count, sync.Now);
        }
    }

    public TimeSpan Wait(JobSync sync)
    {
        lock (_lock)
        {
            if (!_records.TryGetValue(sync.Job.Metadata.Uid, out var record)) return TimeSpan.Zero;
            var pause = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(record.Failures - 1, 20)), Longest.TotalSeconds);
            var left = record.LastAt.AddSeconds(pause) - sync.Now;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Forget(string uid)
    {
        lock (_lock) _records.Remove(uid);
    }
}
