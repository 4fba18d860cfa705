namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>What was recommended and done for one autoscaler in the last while, for stabilization and rates of change.</summary>
internal sealed class ScaleHistory
{
    private readonly List<(DateTimeOffset At, int Replicas)> _recommendations = [];
    private readonly List<(DateTimeOffset At, int Change)> _changes = [];

    /// <summary>When the status was last written by this process.</summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>After a start the present number is the only recommendation known.</summary>
    public void Start(int replicas, DateTimeOffset now)
    {
        if (_recommendations.Count == 0) Recommend(replicas, now, TimeSpan.Zero);
    }

    public void Recommend(int replicas, DateTimeOffset now, TimeSpan keep)
    {
        _recommendations.RemoveAll(r => r.At < now - keep && r.At < now);
        _recommendations.Add((now, replicas));
    }

    public void Changed(int by, DateTimeOffset now, TimeSpan keep)
    {
        _changes.RemoveAll(c => c.At < now - keep);
        _changes.Add((now, by));
    }

    public int Lowest(DateTimeOffset since, int candidate) =>
        _recommendations.Where(r => r.At > since).Select(r => r.Replicas).Append(candidate).Min();

    public int Highest(DateTimeOffset since, int candidate) =>
        _recommendations.Where(r => r.At > since).Select(r => r.Replicas).Append(candidate).Max();

    /// <summary>How many replicas there were when the period began.</summary>
    public int AtStart(int current, DateTimeOffset since) => current - _changes.Where(c => c.At > since).Sum(c => c.Change);
}
