using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Priority and fairness: a request takes seats of its priority level, waits for its turn, or is refused. Streams pass; a watch
/// gives its seat back once it is set up.
/// </summary>
internal sealed class FlowControlFilter(FlowController control, RequestWidth widths, TimeProvider time, TimeSpan waitLimit) : IRequestFilter
{
    private const string SchemaHeader = "X-Kubernetes-PF-FlowSchema-UID";
    private const string LevelHeader = "X-Kubernetes-PF-PriorityLevel-UID";
    private const string TooMany = "Too many requests, please try again later.";

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (request.IsLongRunning && request.Info.Verb != "watch")
        {
            await next(request);
            return;
        }
        var flow = control.Table.Match(request.User, request.Info);
        if (request.Loopback is null)
        {
            request.Http.Response.Headers[SchemaHeader] = flow.Uid;
            request.Http.Response.Headers[LevelHeader] = flow.Level.Uid;
        }
        string distinguisher = flow.DistinguisherOf(request.User, request.Info);
        var about = new FlowRequest(flow.Name, distinguisher, request.User, request.Info, time.GetUtcNow());
        using var seat = flow.Level.TryEnter(flow.HashOf(distinguisher), widths.Of(request), out string? refusal, about);
        if (seat?.Waited is { } waiting) refusal = await WaitAsync(flow, waiting, request);
        else if (seat is not null) flow.Metrics.WaitBeforeStart.Observe(0);
        if (seat is null || refusal is not null)
        {
            await RefuseAsync(request, flow, refusal ?? "");
            return;
        }
        flow.Metrics.Dispatched.Increment();
        seat.Count(flow.Metrics, request.Info.Verb == "watch");
        request.Seat = seat;
        await next(request);
    }

    /// <summary>Waits for its turn.</summary>
    /// <returns>Null when it came, else why it did not.</returns>
    private async Task<string?> WaitAsync(Flow flow, WaitingRequest waiting, ApiRequest request)
    {
        using var span = Spans.Start("priority and fairness");
        long since = time.GetTimestamp();
        flow.Metrics.Waiting.Add(1);
        flow.Metrics.WaitingSeats.Add(waiting.Width);
        flow.Metrics.QueueLengths.Observe(waiting.LengthAfter);
        try
        {
            await waiting.Turn.WaitAsync(waitLimit, time, request.Cancelled);
            request.Waited = time.GetElapsedTime(since);
            flow.Metrics.WaitBeforeStart.Observe(request.Waited.TotalSeconds);
            return null;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            flow.Metrics.WaitBeforeRefusal.Observe(time.GetElapsedTime(since).TotalSeconds);
            return request.Http.RequestAborted.IsCancellationRequested ? RefusedRequest.GaveUp : RefusedRequest.TooLate;
        }
        finally
        {
            flow.Metrics.Waiting.Add(-1);
            flow.Metrics.WaitingSeats.Add(-waiting.Width);
        }
    }

    /// <summary>A refusal is a plain text, not a Status, and says when to come back: later, the more are refused.</summary>
    private Task RefuseAsync(ApiRequest request, Flow flow, string reason)
    {
        flow.Metrics.Rejected(reason).Increment();
        flow.Level.Refused(reason);
        request.IsTerminated = true;
        int seconds = flow.Level.Backoff.Refused(time.GetUtcNow().ToUnixTimeSeconds());
        if (request.Loopback is { } loopback)
        {
            loopback.Fail(StatusException.TooManyRequests(TooMany, seconds).Status);
            return Task.CompletedTask;
        }
        var headers = request.Http.Response.Headers;
        (headers.RetryAfter, headers.XContentTypeOptions) = (seconds.ToString(CultureInfo.InvariantCulture), "nosniff");
        return PlainText.WriteAsync(request.Http, StatusCodes.Status429TooManyRequests, TooMany + "\n");
    }
}
