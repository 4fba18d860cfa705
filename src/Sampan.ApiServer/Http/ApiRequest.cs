using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Loopback;

namespace Sampan.ApiServer.Http;

/// <summary>One request on its way through the pipeline: what the filters found out about it so far.</summary>
internal sealed class ApiRequest
{
    private WarningHeaders? _warnings;

    public ApiRequest(HttpContext http)
    {
        Http = http;
        Cancelled = http.RequestAborted;
        http.Features.Set(this);
    }

    public HttpContext Http { get; }

    public RequestInfo Info { get; set; } = new();

    public UserInfo User { get; set; } = UserInfo.Anonymous;

    /// <summary>The verb that allowed the user to act as another one; empty without impersonation and for the old verb.</summary>
    public string ImpersonationConstraint { get; set; } = "";

    /// <summary>The user is established; the loopback sets it, since its callers are part of the process.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>The exchange of a request that entered in memory with typed objects; null for bytes.</summary>
    public LoopbackExchange? Loopback { get; init; }

    /// <summary>Throws unless the user may also do this with another verb, which turns out only when the request is carried out.</summary>
    public Func<string, ValueTask> AuthorizeAsync { get; set; } = static verb => throw new InvalidOperationException($"nobody can be asked about {verb}");

    /// <summary>Names the request in logs and in the Audit-Id header of its answer.</summary>
    public string AuditId { get; set; } = "";

    /// <summary>Watches, logs and streams: no deadline applies.</summary>
    public bool IsLongRunning { get; set; }

    /// <summary>How long it waited for its turn.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>What it holds of its priority level.</summary>
    public Seat? Seat { get; set; }

    /// <summary>Fires when the client went away, the deadline passed or, for long-running requests, the server stops.</summary>
    public CancellationToken Cancelled { get; set; }

    /// <summary>When the request came.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The bytes of its body; null until they are read.</summary>
    public int? BodySize { get; set; }

    /// <summary>The bytes of an answer that was sent without saying its length before; null for others.</summary>
    public long? Streamed { get; set; }

    /// <summary>The server ended it for its own sake: there were too many, or it took too long.</summary>
    public bool IsTerminated { get; set; }

    /// <summary>Audit events are written of the request.</summary>
    public bool IsAudited { get; set; }

    public IQueryCollection Query => Http.Request.Query;

    /// <summary>Adds a Warning header, once per text, while there is room.</summary>
    public void Warn(string text) => (_warnings ??= new WarningHeaders(Http.Response)).Add(text);

    /// <summary>What the request's audit events are annotated with; null until something is.</summary>
    public Dictionary<string, string>? AuditAnnotations { get; private set; }

    public void Annotate(string key, string value) => (AuditAnnotations ??= [])[key] = value;

    public static ApiRequest Of(HttpContext http) =>
        http.Features.Get<ApiRequest>() ?? throw new InvalidOperationException("the request did not pass the pipeline");
}
