using System.Diagnostics.Tracing;
using System.Globalization;

namespace Sampan.Scale;

/// <summary>Which types are allocated, by the runtime's own sampling: one event for about every 100 kB.</summary>
internal sealed class Allocations : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Collector = (EventKeywords)1;

    private readonly Dictionary<string, long> _bytes = [];

    public void Print(long pods)
    {
        lock (_bytes)
        {
            foreach (var (type, bytes) in _bytes.OrderByDescending(entry => entry.Value).Take(40))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / 1000 / pods,8:0.0} kB a pod  {type}"));
            }
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime) EnableEvents(eventSource, EventLevel.Verbose, Collector);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) != true || eventData.Payload is not { } payload) return;
        var (type, bytes) = ((string)payload[5]!, Convert.ToInt64(payload[3], CultureInfo.InvariantCulture));
        lock (_bytes) _bytes[type] = _bytes.GetValueOrDefault(type) + bytes;
    }
}
