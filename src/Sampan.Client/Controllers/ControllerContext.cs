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
}
