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
    private const int RetryAfterSeconds = 1;

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
        using var seat = flow.Level.TryEnter(flow.HashOf(request.User, request.Info), widths.Of(request), out string refusal) ?? throw Refused(flow, refusal);
        if (seat.Waited is { } waiting) await WaitAsync(flow, waiting, request);
        flow.Metrics.Dispatched.Increment();
        request.Seat = seat;
        await next(request);
    }

    private async Task WaitAsync(Flow flow, WaitingRequest waiting, ApiRequest request)
    {
        using var span = Spans.Start("Wait for a seat");
        long since = time.GetTimestamp();
        try
        {
            await waiting.Turn.WaitAsync(waitLimit, time, request.Cancelled);
            flow.Metrics.WaitBeforeStart.Observe(time.GetElapsedTime(since).TotalSeconds);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            flow.Metrics.WaitBeforeRefusal.Observe(time.GetElapsedTime(since).TotalSeconds);
            throw Refused(flow, request.Http.RequestAborted.IsCancellationRequested ? RefusedRequest.GaveUp : RefusedRequest.TooLate);
        }
    }

    private static StatusException Refused(Flow flow, string reason)
    {
        flow.Metrics.Rejected(reason).Increment();
        return StatusException.TooManyRequests("Too many requests, please try again later.", RetryAfterSeconds);
    }
}
