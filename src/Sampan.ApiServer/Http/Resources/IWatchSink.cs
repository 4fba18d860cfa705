using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Where the events of a watch go: a chunked answer, or the messages of a WebSocket.</summary>
internal interface IWatchSink
{
    /// <summary>Shows the client that the watch has begun.</summary>
    ValueTask BeginAsync(CancellationToken cancelled);

    ValueTask WriteAsync(WatchItem item, CancellationToken cancelled);

    ValueTask WriteErrorAsync(Status status, CancellationToken cancelled);

    /// <summary>Sends what is written so far.</summary>
    ValueTask FlushAsync(CancellationToken cancelled);
}
