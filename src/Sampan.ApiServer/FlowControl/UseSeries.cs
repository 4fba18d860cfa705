using Sampan.Client.Metrics;

namespace Sampan.ApiServer.FlowControl;

/// <summary>How much of a level is used, as fractions of its limits: every nanosecond is one observation.</summary>
internal sealed record UseSeries(HistogramValue Seats, HistogramValue Executing, HistogramValue Waiting, HistogramValue Demand)
{
    public void Pass(LevelLoad load, long nanoseconds)
    {
        Seats.Observe(Ratio(load.SeatsInUse, load.Seats), nanoseconds);
        Executing.Observe(Ratio(load.Executing, load.Seats), nanoseconds);
        Waiting.Observe(Ratio(load.Waiting, load.Places), nanoseconds);
        Demand.Observe(Ratio(load.Demand, load.Nominal), nanoseconds);
    }

    private static double Ratio(int part, int whole) => (double)part / Math.Max(1, whole);
}
