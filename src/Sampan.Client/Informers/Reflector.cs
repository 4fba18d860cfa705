using Microsoft.Extensions.Logging;
using Sampan.Api.Meta.V1;

namespace Sampan.Client.Informers;

/// <summary>
/// Lists once, then watches on from there, for ever.
/// <code>
///   list ──ok──▶ watch ──ends or breaks──▶ watch again from the last revision
///    ▲             │
///    └── 410 ──────┘   the revision is too old (or from another server's life)
/// </code>
/// Failures wait with growing, jittered pauses.
/// </summary>
internal sealed class Reflector<T>(
    ResourceClient<T> client, InformerScope scope, IReflectorSink<T> sink, TimeProvider time, ILogger log)
    where T : class
{
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(1);
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30));

    /// <summary>Watch on from here; null asks for a list.</summary>
    private string? _resumeFrom;

    /// <summary>How fresh the next list must be: "0" takes any, "" the newest.</summary>
    private string _listAt = "0";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var pause = _resumeFrom is null ? await ListAsync(cancellationToken) : await WatchAsync(cancellationToken);
                if (pause) await PauseAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                OnFailure(e);
                try
                {
                    await PauseAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> ListAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        ListResult<T>? page = null;
        do
        {
            var options = Options();
            if (page?.Continue is { } next) options.Continue = next;
            else if (_listAt.Length > 0) options.ResourceVersion = _listAt;
            page = await client.ListAsync(scope.Namespace, options, cancellationToken);
            items.AddRange(page.Items);
        }
        while (!string.IsNullOrEmpty(page.Continue));

        sink.Replace(items, page.ResourceVersion);
        _listAt = page.ResourceVersion;
        _resumeFrom = page.ResourceVersion;
        return false;
    }

    /// <summary>Returns true when the server ended the watch so soon that a pause is due.</summary>
    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        var options = Options();
        options.ResourceVersion = _resumeFrom;
        options.AllowWatchBookmarks = true;
        options.TimeoutSeconds = Random.Shared.Next(300, 600);
        var started = time.GetTimestamp();
        var any = false;
        await foreach (var e in client.WatchAsync(scope.Namespace, options, cancellationToken))
        {
            any = true;
            sink.Apply(e);
            if (client.Codec.ResourceVersion(e.Object) is { Length: > 0 } version) _resumeFrom = _listAt = version;
            _backoff.Reset();
        }

        return !any && time.GetElapsedTime(started) < TooShort;
    }

    private void OnFailure(Exception e)
    {
        if (e is StatusException { IsGone: true } or StatusException { Status.Code: 504 })
        {
            log.LogDebug("{Resource}: revision {Revision} is gone, listing anew", client.Resource.Resource, _resumeFrom);
            _listAt = "";
            _resumeFrom = null;
            return;
        }

        log.LogWarning("{Action} {Resource} failed: {Reason}", _resumeFrom is null ? "Listing" : "Watching", client.Resource.Resource, e.Message);
    }

    private Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(_backoff.Next(), time, cancellationToken);

    private ListOptions Options() => new() { FieldSelector = scope.FieldSelector, LabelSelector = scope.LabelSelector };
}
