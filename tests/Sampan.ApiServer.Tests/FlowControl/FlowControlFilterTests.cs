using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Filters;
using Sampan.Client.Metrics;
using Sampan.Tests;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class FlowControlFilterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FlowController _control;
    private readonly FlowControlFilter _filter;

    public FlowControlFilterTests()
    {
        _control = new FlowController(new FakeObjectSource(), 1, new FlowMetrics(new MetricRegistry()), _time);
        _filter = new FlowControlFilter(_control, new RequestWidth(null!), _time, TimeSpan.FromSeconds(15));
    }

    public void Dispose() => _control.Dispose();

    [Fact]
    public async Task Invoke_NoSeat_AnswersAsTextWhenToComeBack()
    {
        var end = new TaskCompletionSource();
        var first = _filter.InvokeAsync(Request(), _ => end.Task);
        var refused = Request();
        await _filter.InvokeAsync(refused, _ => throw new InvalidOperationException("a refused request goes no further"));
        var answer = refused.Http.Response;
        Assert.Equal(
            (429, "1", "text/plain; charset=utf-8", "nosniff"),
            (answer.StatusCode, answer.Headers.RetryAfter.ToString(), answer.ContentType, answer.Headers.XContentTypeOptions.ToString()));
        Assert.True(answer.Headers.ContainsKey("X-Kubernetes-PF-FlowSchema-UID"));
        answer.Body.Position = 0;
        Assert.Equal("Too many requests, please try again later.\n", await new StreamReader(answer.Body).ReadToEndAsync());
        end.SetResult();
        await first;
    }

    private static ApiRequest Request()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        http.Request.Method = "GET";
        return new ApiRequest(http) { Info = new RequestInfo { Verb = "get", Path = "/version" } };
    }
}
