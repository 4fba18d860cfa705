using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Tracing;

/// <summary>A request of a client of its own trace, and the spans that upstream makes of it. Steps is what happens during the verb.</summary>
internal sealed record TracedRequest(string Method, string Target, string Route, string Verb, string[] Steps, string? Body = null, string ContentType = "application/json")
{
    private const string Agent = "tracing.test/v1", Accept = "application/vnd.kubernetes.protobuf, */*";

    private readonly string _trace = Guid.NewGuid().ToString("N");

    /// <summary>The span of the storage, where upstream has one.</summary>
    public ExpectedSpan? Storage { get; init; }

    public IEnumerable<ExpectedSpan> Expected =>
    [
        new($"{Method} {Route}", [("user_agent.original", Agent), ("http.target", Target), ("http.request.method", Method), ("audit-id", null)], []),
        new("authentication", [], []) { Parent = $"{Method} {Route}" },
        new(
            Verb,
            [("url", Target), ("user-agent", Agent), ("audit-id", null), ("client", "127.0.0.1"), ("accept", Accept), ("protocol", "HTTP/2.0"), ("resource", "nodes")],
            [.. Steps, "Writing http response done"]) { Parent = $"{Method} {Route}" },
        .. Storage is null ? Array.Empty<ExpectedSpan>() : [Storage with { Parent = Verb }],
        new(
            "SerializeObject",
            [
                ("url", Target), ("audit-id", null), ("protocol", "HTTP/2.0"), ("method", Method), ("mediaType", "application/vnd.kubernetes.protobuf"),
                ("encoder", """{"encodeGV":"v1","encoder":"protobuf","name":"versioning"}"""),
            ],
            ["About to start writing response", "Write call succeeded"]) { Parent = Verb },
    ];

    public async Task SendAsync(TestServer server)
    {
        var answer = await server.SendAsync(Method, Target, Body, http =>
        {
            (http.Request.Protocol, http.Connection.RemoteIpAddress) = ("HTTP/2", IPAddress.Loopback);
            (http.Request.Headers.UserAgent, http.Request.Headers.Accept) = (Agent, Accept);
            http.Request.Headers.TraceParent = $"00-{_trace}-00000000000000ab-01";
            http.Request.ContentType = Body is null ? null : ContentType;
        });
        Assert.True(answer.Code is StatusCodes.Status200OK or StatusCodes.Status201Created, $"{Method}: {answer.Code}");
    }

    public void Check(IEnumerable<OtlpSpan> all)
    {
        OtlpSpan[] spans = [.. all.Where(span => span.TraceId == _trace)];
        foreach (var expected in Expected)
        {
            var span = Assert.Single(spans, span => span.Name == expected.Name);
            expected.Check(span, spans);
        }
    }
}
