using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Watch;

/// <summary>What one cache counts, under the names of upstream's watch cache. A series is there from its first event on.</summary>
internal sealed class CacheMetrics(MetricRegistry metrics, string group, string resource)
{
    private static readonly string[] Labels = ["group", "resource"];
    private static readonly string[] ListLabels = ["group", "resource", "index"];

    private CounterValue? _received;
    private CounterValue? _dispatched;
    private CounterValue? _initial;
    private CounterValue? _terminated;
    private CounterValue? _lists;
    private CounterValue? _fetched;
    private CounterValue? _returned;

    public void Processed(int events)
    {
        Received.Increment(events);
        Dispatched.Increment(events);
    }

    /// <summary>An event of the state or the past that a watch begins with.</summary>
    public void Began() => Initial.Increment();

    /// <summary>A watcher did not keep up.</summary>
    public void Terminated() => TerminatedWatchers.Increment();

    /// <param name="fetched">How many objects were looked at.</param>
    /// <param name="returned">How many of them were listed.</param>
    public void Listed(int fetched, int returned)
    {
        Lists.Increment();
        Fetched.Increment(fetched);
        Returned.Increment(returned);
    }

    private CounterValue Received => _received ??= Of("apiserver_watch_cache_events_received_total", "Changes that came from the store.");

    private CounterValue Dispatched => _dispatched ??= Of("apiserver_watch_cache_events_dispatched_total", "Changes that were offered to watchers.");

    private CounterValue Initial => _initial ??= Of("apiserver_init_events_total", "Events that watches began with.");

    private CounterValue TerminatedWatchers => _terminated ??= Of("apiserver_terminated_watchers_total", "Watchers that did not keep up.");

    private CounterValue Lists => _lists ??= OfIndex("apiserver_cache_list_total", "Lists from memory.");

    private CounterValue Fetched => _fetched ??= OfIndex("apiserver_cache_list_fetched_objects_total", "Objects that lists looked at.");

    private CounterValue Returned => _returned ??= Of("apiserver_cache_list_returned_objects_total", "Objects that were listed.");

    private CounterValue Of(string name, string help) => metrics.Counter(name, help, Labels).With(group, resource);

    /// <summary>Lists go through the objects by name: no index is used.</summary>
    private CounterValue OfIndex(string name, string help) => metrics.Counter(name, help, ListLabels).With(group, resource, "");
}
