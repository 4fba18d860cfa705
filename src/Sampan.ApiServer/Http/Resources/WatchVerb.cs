using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Streams the changes of a resource until the client leaves, the time is over or the server stops.</summary>
internal sealed class WatchVerb(TimeProvider time, TimeSpan minimumDuration)
{
    public async Task RunAsync(ApiRequest request, ResourceDescriptor resource, ResourceStorage storage)
    {
        var list = ListParameters.Parse(request);
        using var timer = new CancellationTokenSource(list.Timeout ?? RandomDuration(), time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(request.Cancelled, timer.Token);
        if (request.Loopback is { } loopback)
        {
            using var shared = await StartAsync(request, resource, storage, list, ends.Token);
            await loopback.ServeAsync(shared, resource, ends.Token);
            return;
        }
        await ServeAsync(request, resource, storage, list, ends.Token);
    }

    private static async Task ServeAsync(
        ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ListParameters list, CancellationToken ends)
    {
        var format = AnswerFormat.Of(request.Http.Request);
        var frames = new WatchFrames(request, resource, format);
        var response = request.Http.Response;
        response.ContentType = format.Format == WireFormat.Protobuf ? MediaTypes.ProtobufWatch : MediaTypes.Json;
        request.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            using var watcher = await StartAsync(request, resource, storage, list, ends);
            await StreamAsync(frames, watcher, response, ends);
        }
        catch (StatusException gone) when (gone.IsExpired)
        {
            frames.WriteError(response.BodyWriter, gone.Status);
            await frames.FlushAsync(response.BodyWriter, ends);
        }
        catch (OperationCanceledException)
        {
            // The usual end of a watch.
        }
    }

    /// <summary>Starts the watch that a request asks for, at the revision it names.</summary>
    public static async ValueTask<CacheWatcher> StartAsync(
        ApiRequest request, ResourceDescriptor resource, ResourceStorage storage, ListParameters list, CancellationToken cancelled)
    {
        var options = new WatchOptions
        {
            Filter = Filters.Of(request.Info, resource, list),
            After = list.ResourceVersion is > 0 ? list.ResourceVersion : null,
            InitialEvents = list.SendInitialEvents || (list.ResourceVersion is null or 0 && !list.RefusesInitialEvents),
            MarkInitialEventsEnd = list.SendInitialEvents && list.AllowBookmarks,
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
        return storage.Cache.Watch(options);
    }

    private static async Task StreamAsync(WatchFrames frames, CacheWatcher watcher, HttpResponse response, CancellationToken ends)
    {
        // The client must see that the watch has begun before anything happens.
        await response.StartAsync(ends);
        await response.BodyWriter.FlushAsync(ends);
        while (await watcher.WaitToReadAsync(ends))
        {
            while (watcher.TryRead(out var item))
            {
                frames.Write(response.BodyWriter, item);
                if (frames.Unflushed > WatchFrames.FlushSize)
                {
                    await frames.FlushAsync(response.BodyWriter, ends);
                }
            }
            await frames.FlushAsync(response.BodyWriter, ends);
        }
    }

    private TimeSpan RandomDuration() => minimumDuration * (1 + Random.Shared.NextDouble());
}
