using Sampan.Client.Metrics;

namespace Sampan.ApiServer.FlowControl;

/// <summary>The metrics of the requests that one schema sends to its level.</summary>
internal sealed record FlowSeries(CounterValue Dispatched, HistogramValue WaitBeforeStart, HistogramValue WaitBeforeRefusal, Func<string, CounterValue> Rejected)
{
    /// <summary>How long requests are worked on; of watches until they have begun.</summary>
    public required HistogramValue Execution { get; init; }

    public required HistogramValue WatchStart { get; init; }

    public required HistogramValue Widths { get; init; }

    public required GaugeValue Waiting { get; init; }

    public required GaugeValue WaitingSeats { get; init; }

    /// <summary>How long queues are, as each request finds them.</summary>
    public required HistogramValue QueueLengths { get; init; }

    public required GaugeValue Executing { get; init; }

    public required GaugeValue ExecutingSeats { get; init; }
}
