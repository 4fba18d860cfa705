using Microsoft.AspNetCore.Http;
using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>A path below an object: /status, /scale, /binding, /exec.</summary>
internal abstract record Subresource;

/// <summary>GET, PUT and PATCH of the whole object with rules of their own: status, finalize, ephemeralcontainers, resize, approval.</summary>
internal sealed record PartSubresource(UpdateStrategy Strategy) : Subresource;

/// <summary>GET, PUT and PATCH of a projection of the object: scale.</summary>
internal sealed record ScaleSubresource(KindInfo Kind, ScaleStrategy Strategy) : Subresource;

/// <summary>POST of a body that does something: binding, eviction, token; also the kinds that are questions.</summary>
internal sealed record ActionSubresource(KindInfo BodyKind, RunAction RunAsync) : Subresource;

/// <summary>A stream or proxy: exec, attach, portforward, log, proxy.</summary>
internal sealed record ConnectSubresource(IConnectHandler Handler, IReadOnlyList<string> Methods) : Subresource;

/// <summary>Runs an action on an object; null name for questions. The result is a Status or an object with its answer's code.</summary>
internal delegate ValueTask<ActionResult> RunAction(WriteContext context, string name, IObject body);

/// <summary>What an action answers: a model object (or Status) and the HTTP code.</summary>
internal readonly record struct ActionResult(ITyped Body, int StatusCode = StatusCodes.Status201Created);

/// <summary>Serves a connect subresource over the raw connection, after authentication, authorization and admission.</summary>
internal interface IConnectHandler
{
    Task ConnectAsync(Http.ApiRequest request, CancellationToken cancellationToken);
}
