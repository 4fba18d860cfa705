using Microsoft.Extensions.Logging;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;

namespace Sampan.Client.Controllers;

/// <summary>What every controller of a process shares.</summary>
public sealed record ControllerContext(
    ApiClient Client,
    InformerFactory Informers,
    TimeProvider Time,
    ILoggerFactory Logs,
    MetricRegistry Metrics,
    EventBroadcaster Events)
{
    /// <summary>How many keys a controller works on at once; null leaves it to the controller.</summary>
    public int? Workers { get; init; }

    /// <summary>Under which name a controller tells users of what it did.</summary>
    public Func<string, string> EventSourceOf { get; init; } = name => name;

    /// <summary>Under which name a controller's queue is counted.</summary>
    public Func<string, string> QueueNameOf { get; init; } = name => name;
}
