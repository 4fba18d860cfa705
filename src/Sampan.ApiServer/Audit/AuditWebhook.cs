using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Audit;

/// <summary>
/// Posts events as audit.k8s.io EventLists, many at a time. Requests never wait for it: when the buffer is full, events are lost, and
/// counted. Upstream: the batching webhook backend of apiserver/plugin/pkg/audit.
/// </summary>
internal sealed class AuditWebhook : IAuditSink
{
    private const int Attempts = 5;
    private const double BackoffFactor = 1.5;
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    private readonly IApiTransport _transport;
    private readonly string _path;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CounterValue _errors;
    private readonly Channel<byte[]> _events;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givingUp = new();
    private readonly Task _sending;

    /// <summary>Starts sending.</summary>
    /// <param name="transport">To the server; this object's own.</param>
    /// <param name="path">Where on the server.</param>
    public AuditWebhook(IApiTransport transport, string path, AuditOptions options, TimeProvider time, MetricRegistry metrics, ILogger logger)
    {
        (_transport, _path, _options, _time, _logger) = (transport, path, options, time, logger);
        _errors = metrics.Counter("apiserver_audit_error_total", "Audit events that were lost, by where they should have gone.", "plugin").With("webhook");
        _events = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(options.WebhookBufferSize) { SingleReader = true });
        _sending = Task.Run(SendAsync);
    }

    public void Write(ReadOnlySpan<byte> json)
    {
        if (!_events.Writer.TryWrite(json.ToArray()))
        {
            _errors.Increment();
        }
    }

    public async Task StopAsync()
    {
        _events.Writer.TryComplete();
        await _stopping.CancelAsync();
        try
        {
            await _sending.WaitAsync(FlushLimit, _time);
        }
        catch (TimeoutException)
        {
            await _givingUp.CancelAsync();
            await _sending;
        }
    }

    public void Dispose()
    {
        _events.Writer.TryComplete();
        _givingUp.Cancel();
        _stopping.Dispose();
        _givingUp.Dispose();
    }

    private async Task SendAsync()
    {
        await using var transport = _transport;
        while (await NextAsync() is { Count: > 0 } batch)
        {
            await PostAsync(batch);
        }
    }

    /// <summary>The first event and those that follow it soon; empty at the end.</summary>
    private async Task<List<byte[]>> NextAsync()
    {
        var (batch, reader) = (new List<byte[]>(), _events.Reader);
        if (!await reader.WaitToReadAsync())
        {
            return batch;
        }
        using var wait = new CancellationTokenSource(_options.WebhookMaxWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, _stopping.Token);
        while (batch.Count < _options.WebhookMaxBatch)
        {
            if (reader.TryRead(out var one))
            {
                batch.Add(one);
            }
            else if (!await IsThereMoreAsync(reader, either.Token))
            {
                break;
            }
        }
        return batch;
    }

    private static async Task<bool> IsThereMoreAsync(ChannelReader<byte[]> reader, CancellationToken enough)
    {
        try
        {
            return await reader.WaitToReadAsync(enough);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task PostAsync(List<byte[]> batch)
    {
        var request = new Client.ApiRequest { Verb = "post", RawPath = _path, Content = ApiContent.Of(ListOf(batch), Client.MediaTypes.Json) };
        var delay = _options.WebhookInitialBackoff;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _transport.SendAsync(request, _givingUp.Token);
                return;
            }
            catch (Exception e) when (e is ApiConnectionException or StatusException or OperationCanceledException)
            {
                if (attempt == Attempts || _stopping.IsCancellationRequested || e is StatusException { Code: < 500 and not 429 })
                {
                    _errors.Increment(batch.Count);
                    _logger.LogWarning("{Count} audit events are lost: {Reason}", batch.Count, e.Message);
                    return;
                }
            }
            await WaitAsync(delay);
            delay *= BackoffFactor;
        }
    }

    /// <summary>Who stops does not wait for the next attempt.</summary>
    private async Task WaitAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static ReadOnlyMemory<byte> ListOf(List<byte[]> events)
    {
        var output = new ArrayBufferWriter<byte>(events.Sum(one => one.Length + 1) + 128);
        output.Write("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["u8);
        foreach (var (index, one) in events.Index())
        {
            output.Write(index == 0 ? ""u8 : ","u8);
            output.Write(one);
        }
        output.Write("]}"u8);
        return output.WrittenMemory;
    }
}
