using System.Globalization;
using Sampan.Api.Discovery.V1;

namespace Sampan.Proxy.Sync;

/// <summary>
/// What the API server said and the kernel does not hold yet: counted, and timed from the first of it. Changes that come while
/// others are being written go on waiting.
/// </summary>
internal sealed class PendingChanges(ProxyMetrics metrics, TimeProvider time)
{
    private const string LastChangeTrigger = "endpoints.kubernetes.io/last-change-trigger-time";
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private ChangeBatch _waiting = new(), _writing = new();

    /// <summary>When the oldest change that the kernel does not hold came; null when it holds all.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_lock) return _writing.Since ?? _waiting.Since;
        }
    }

    /// <summary>When the rules were last as they should be; null before they were for the first time.</summary>
    public DateTimeOffset? LastWritten { get; private set; }

    public void SawService()
    {
        metrics.ServiceChanges.Increment();
        Add(batch => batch.Services++);
    }

    public void SawEndpoints(EndpointSlice? slice)
    {
        metrics.EndpointChanges.Increment();
        Add(batch =>
        {
            batch.Endpoints++;
            if (TriggerOf(slice) is { } trigger && trigger >= _start) batch.Triggers.Add(trigger);
        });
    }

    /// <summary>What was seen up to now is about to be written; after a failure it is with the next attempt.</summary>
    public void BeginWriting()
    {
        lock (_lock)
        {
            _writing.Add(_waiting);
            _waiting = new();
        }
    }

    public void Written()
    {
        var now = time.GetUtcNow();
        ChangeBatch written;
        lock (_lock)
        {
            (written, _writing) = (_writing, new());
            LastWritten = now;
            ShowPending();
        }

        foreach (var trigger in written.Triggers)
        {
            foreach (var series in metrics.Programming) series.Observe((now - trigger).TotalSeconds);
        }
    }

    private void Add(Action<ChangeBatch> note)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _waiting.Begin(now);
            note(_waiting);
            ShowPending();
        }

        foreach (var series in metrics.LastQueued) series.Set(now.ToUnixTimeMilliseconds() / 1000.0);
    }

    private void ShowPending()
    {
        metrics.PendingServices.Set(_waiting.Services + _writing.Services);
        metrics.PendingEndpoints.Set(_waiting.Endpoints + _writing.Endpoints);
    }

    private static DateTimeOffset? TriggerOf(EndpointSlice? slice) =>
        slice?.Metadata.Annotations is { } annotations && annotations.TryGetValue(LastChangeTrigger, out string? text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var trigger)
            ? trigger
            : null;
}
