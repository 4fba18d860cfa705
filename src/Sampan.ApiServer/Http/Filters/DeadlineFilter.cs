using Sampan.Api;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Gives short requests a deadline (60 s, or the shorter ?timeout=) and ends long-running ones when the server stops: within
/// <paramref name="grace"/>, one after the other, so that their clients do not come to the other servers all at once.
/// </summary>
internal sealed class DeadlineFilter(TimeProvider time, TimeSpan limit, TimeSpan grace, CancellationToken stopping) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        request.Now = time.GetUtcNow();
        var aborted = request.Http.RequestAborted;
        if (request.IsLongRunning)
        {
            using var turn = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
            await using var end = stopping.Register(() => EndInTurn(turn));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, turn.Token);
            request.Cancelled = either.Token;
            await next(request);
            return;
        }
        var deadline = DeadlineOf(request);
        using var timer = new CancellationTokenSource(deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(aborted, timer.Token);
        request.Cancelled = both.Token;
        try
        {
            await next(request);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            request.IsTerminated = true;
            throw StatusException.Timeout("request did not complete within requested timeout - context deadline exceeded");
        }
    }

    private void EndInTurn(CancellationTokenSource request)
    {
        if (grace > TimeSpan.Zero)
        {
            request.CancelAfter(grace * Random.Shared.NextDouble());
        }
        else
        {
            request.Cancel();
        }
    }

    private TimeSpan DeadlineOf(ApiRequest request)
    {
        var text = request.Query["timeout"].ToString();
        if (text.Length == 0)
        {
            return limit;
        }
        try
        {
            TimeSpan asked = Duration.Parse(text);
            return asked <= TimeSpan.Zero || asked > limit ? limit : asked;
        }
        catch (FormatException complaint)
        {
            throw StatusException.BadRequest($"invalid timeout specified in the request URL - {complaint.Message}");
        }
    }
}
