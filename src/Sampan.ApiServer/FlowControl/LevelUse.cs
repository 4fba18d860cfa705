namespace Sampan.ApiServer.FlowControl;

/// <summary>Adds up over time how much of a priority level is used and how much is wanted of it. Guarded by the level.</summary>
internal sealed class LevelUse(TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private LevelLoad _load;
    private double _seconds;
    private double _sum;
    private double _squares;
    private int _peak;

    /// <summary>Where it is told; null when nobody wants to know.</summary>
    public UseSeries? Series { get; set; }

    public void Set(LevelLoad load)
    {
        Pass();
        _load = load;
        _peak = Math.Max(_peak, load.Demand);
    }

    /// <summary>What was wanted since the last question.</summary>
    public SeatDemand TakeDemand()
    {
        Pass();
        double average = _seconds > 0 ? _sum / _seconds : _load.Demand;
        double variance = _seconds > 0 ? (_squares / _seconds) - (average * average) : 0;
        var demand = new SeatDemand(average, Math.Sqrt(Math.Max(0, variance)), _peak);
        (_seconds, _sum, _squares, _peak) = (0, 0, 0, _load.Demand);
        return demand;
    }

    private void Pass()
    {
        long now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_since, now);
        if (elapsed <= TimeSpan.Zero) return;
        _since = now;
        double demand = _load.Demand;
        _seconds += elapsed.TotalSeconds;
        _sum += demand * elapsed.TotalSeconds;
        _squares += demand * demand * elapsed.TotalSeconds;
        Series?.Pass(_load, (long)elapsed.TotalNanoseconds);
    }
}
