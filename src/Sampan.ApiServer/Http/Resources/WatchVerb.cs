using Sampan.Api;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// Streams the changes of a resource until the client leaves, the time is over or the server stops. A client that does not keep up has a
/// little time to read what is queued for it.
/// </summary>
internal sealed class WatchVerb(TimeProvider time, TimeSpan minimumDuration, MetricRegistry metrics)
{
    private static readonly TimeSpan TimeToCatchUp = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end a watch says how far it is, so that the next one starts there.</summary>
    private static readonly TimeSpan LastMark = TimeSpan.FromSeconds(2);

    private readonly Counter _events = metrics.Counter(
        "apiserver_watch_events_total", "Events that were sent to watchers.", "group", "version", "resource");

    private readonly Histogram _sizes = metrics.Histogram(
        "apiserver_watch_events_sizes", "Bytes of the objects in events that were sent.",
        [1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072], "group", "version", "resource");

    public async Task RunAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var list = ListParameters.Parse(request);
        var duration = list.Timeout ?? RandomDuration();
        using var timer = new CancellationTokenSource(duration, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(request.Cancelled, timer.Token);
        if (request.Loopback is { } loopback)
        {
            using var shared = await StartAsync(request, resource, storage, list, ends.Token);
            await loopback.ServeAsync(shared, resource, ends.Token);
            return;
        }
        var format = AnswerFormat.OfWatch(request.Http.Request).ForObject(resource.Kind);
        if (format.View == ObjectView.Table)
        {
            TableAnswer.Include(request);
        }
        var encoder = new WatchEncoder(request, resource, format, _sizes.With(resource.Kind.Group, resource.Kind.Version, resource.Kind.Plural));
        var watch = new Watch(request, resource, storage, list, duration);
        if (request.Http.WebSockets.IsWebSocketRequest)
        {
            await ServeSocketAsync(watch, encoder, timer, ends);
        }
        else
        {
            await ServeAsync(watch, () => new(new HttpWatchSink(request.Http, encoder)), timer, ends.Token);
        }
    }

    /// <summary>Starts the watch that a request asks for, at the revision it names.</summary>
    public static async ValueTask<CacheWatcher> StartAsync(
        ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ListParameters list, CancellationToken cancelled)
    {
        var asked = list.SendInitialEvents == true;
        var options = new WatchOptions
        {
            Filter = Filters.Of(request.Info, resource, list),
            After = list.ResourceVersion is > 0 ? list.ResourceVersion : null,
            InitialEvents = asked || (list.ResourceVersion is null or 0 && list.SendInitialEvents is null),
            MarkInitialEventsEnd = asked && list.AllowBookmarks,
            Bookmarks = list.AllowBookmarks,
        };
        if (list.ResourceVersion is > 0 and { } least)
        {
            await storage.Cache.WaitUntilFreshAsync(least, cancelled);
        }
        else if (list.ResourceVersion is null)
        {
            await storage.Cache.ConsistentSnapshotAsync(cancelled);
        }
        var watcher = storage.Cache.Watch(options);
        request.Seat?.Dispose();
        return watcher;
    }

    private async Task ServeSocketAsync(Watch watch, WatchEncoder encoder, CancellationTokenSource timer, CancellationTokenSource ends)
    {
        var http = watch.Request.Http;
        SocketWatchSink? sink = null;
        var reading = Task.CompletedTask;
        // Who stops reading breaks the connection, so reading goes on until both sides have said goodbye.
        using var goodbye = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await ServeAsync(
            watch,
            async () =>
            {
                sink = new SocketWatchSink(await http.WebSockets.AcceptWebSocketAsync(SocketWatchSink.ProtocolOf(http)), encoder);
                reading = ReadAsync(sink, ends, goodbye.Token);
                return sink;
            },
            timer,
            ends.Token);
        goodbye.CancelAfter(SocketWatchSink.CloseTime);
        if (sink is not null)
        {
            await sink.CloseAsync(goodbye.Token);
        }
        await reading;
    }

    /// <summary>The client's end of the socket is the end of the watch.</summary>
    private static async Task ReadAsync(SocketWatchSink sink, CancellationTokenSource ends, CancellationToken goodbye)
    {
        await sink.ReadToEndAsync(goodbye);
        await ends.CancelAsync();
    }

    private async Task ServeAsync(Watch watch, Func<ValueTask<IWatchSink>> open, CancellationTokenSource timer, CancellationToken ends)
    {
        IWatchSink? sink = null;
        try
        {
            using var watcher = await StartAsync(watch.Request, watch.Resource, watch.Storage, watch.List, ends);
            watcher.Closed = () => timer.CancelAfter(TimeToCatchUp);
            sink = await open();
            using var mark = MarkBeforeEnd(watch, watcher);
            var kind = watch.Resource.Kind;
            await StreamAsync(sink, watcher, _events.With(kind.Group, kind.Version, kind.Plural), ends);
        }
        catch (StatusException gone) when (gone.IsExpired && sink is null)
        {
            // The stream begins, and its only event says why it cannot go on.
            sink = await open();
            await sink.WriteErrorAsync(gone.Status, ends);
        }
        catch (OperationCanceledException) when (sink is not null || ends.IsCancellationRequested)
        {
            // The usual end of a watch.
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // The client is gone.
        }
    }

    private ITimer? MarkBeforeEnd(Watch watch, CacheWatcher watcher)
    {
        var due = watch.Duration - LastMark;
        return watch.List.AllowBookmarks && due > TimeSpan.Zero
            ? time.CreateTimer(_ => watch.Storage.Cache.Mark(watcher), null, due, Timeout.InfiniteTimeSpan)
            : null;
    }

    private static async Task StreamAsync(IWatchSink sink, CacheWatcher watcher, CounterValue events, CancellationToken ends)
    {
        // The client must see that the watch has begun before anything happens.
        await sink.BeginAsync(ends);
        while (await watcher.WaitToReadAsync(ends))
        {
            while (watcher.TryRead(out var item))
            {
                await sink.WriteAsync(item, ends);
                events.Increment();
            }
            await sink.FlushAsync(ends);
        }
    }

    private TimeSpan RandomDuration() => minimumDuration * (1 + Random.Shared.NextDouble());

    private sealed record Watch(ApiRequest Request, ResourceDescriptor Resource, ResourceStorage Storage, ListParameters List, TimeSpan Duration);
}
