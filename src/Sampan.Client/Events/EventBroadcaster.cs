using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;

namespace Sampan.Client.Events;

/// <summary>
/// Sends events in the background. Recording never waits and never fails: when the server cannot keep up, events are dropped.
/// </summary>
public sealed class EventBroadcaster : IAsyncDisposable
{
    private const int QueueLength = 1000;
    private const int MaxTries = 12;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private readonly ResourceClient<Event> _client;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly EventCorrelator _correlator;
    private readonly Channel<Event> _queue = Channel.CreateBounded<Event>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public EventBroadcaster(ApiClient client, TimeProvider time, ILoggerFactory logs)
    {
        _client = client.Of<Event>();
        _time = time;
        _log = logs.CreateLogger("Events");
        _correlator = new EventCorrelator(time);
        _running = Task.Run(RunAsync);
    }

    /// <summary>A recorder whose events name this component (and host) as their source.</summary>
    public EventRecorder Recorder(string component, string? host = null) => new(this, _time, component, host);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
    }

    internal void Post(Event e) => _queue.Writer.TryWrite(e);

    private async Task RunAsync()
    {
        try
        {
            await foreach (var e in _queue.Reader.ReadAllAsync(_stop.Token)) await SendAsync(e);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task SendAsync(Event e)
    {
        if (_correlator.Correlate(e) is not { } send) return;
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            try
            {
                _correlator.Stored(send, await WriteAsync(send));
                return;
            }
            catch (ApiConnectionException) when (attempt < MaxTries)
            {
                await Task.Delay(RetryPause * (0.5 + Random.Shared.NextDouble() / 2), _time, _stop.Token);
            }
            catch (StatusException refused)
            {
                // The namespace may be terminating, or the event may be refused for another reason: trying again does not help.
                _log.LogDebug("Event {Name} was not stored: {Reason}", send.Event.Metadata.Name, refused.Message);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                _log.LogWarning("Event {Name} was not sent: {Reason}", send.Event.Metadata.Name, failure.Message);
                return;
            }
        }
    }

    private async Task<Event> WriteAsync(CorrelatedEvent send)
    {
        var e = send.Event;
        if (send.IsRepeat)
        {
            try
            {
                var patch = new JsonObject
                {
                    ["count"] = e.Count,
                    ["message"] = e.Message,
                    ["lastTimestamp"] = $"{e.LastTimestamp}",
                };
                return await _client.PatchAsync(e.Metadata.Namespace, e.Metadata.Name, Patch.StrategicMerge(patch), _stop.Token);
            }
            catch (StatusException gone) when (gone.IsNotFound)
            {
                // Events expire after an hour: the next one starts anew.
            }
        }

        return await _client.CreateAsync(e, _stop.Token);
    }
}
