using Sampan.Client.Metrics;

namespace Sampan.ApiServer.FlowControl;

/// <summary>The metrics of the requests that one schema sends to its level.</summary>
internal sealed record FlowSeries(CounterValue Dispatched, HistogramValue WaitBeforeStart, HistogramValue WaitBeforeRefusal, Func<string, CounterValue> Rejected)
{
    public required GaugeValue Waiting { get; init; }

    public required GaugeValue Executing { get; init; }

    public required GaugeValue ExecutingSeats { get; init; }
}
