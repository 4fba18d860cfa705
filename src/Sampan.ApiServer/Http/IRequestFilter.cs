namespace Sampan.ApiServer.Http;

/// <summary>The rest of the pipeline, from one filter's view.</summary>
internal delegate Task RequestHandler(ApiRequest request);

/// <summary>One step of the request pipeline; it calls the next one or answers itself.</summary>
internal interface IRequestFilter
{
    Task InvokeAsync(ApiRequest request, RequestHandler next);
}
