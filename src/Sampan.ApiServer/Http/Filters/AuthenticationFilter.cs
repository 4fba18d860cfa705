using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Tracing;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Finds the user, unless the transport already vouches for one (the loopback).</summary>
internal sealed class AuthenticationFilter(IAuthenticator authenticator, MetricRegistry metrics) : IRequestFilter
{
    private const string Metric = "authentication_attempts", Help = "Attempts to authenticate, by how they ended.";

    private readonly CounterValue _successes = metrics.Counter(Metric, Help, "result").With("success");
    private readonly CounterValue _failures = metrics.Counter(Metric, Help, "result").With("failure");

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (!request.IsAuthenticated)
        {
            request.User = await AuthenticateAsync(request);
            request.IsAuthenticated = true;
        }
        await next(request);
    }

    private async ValueTask<UserInfo> AuthenticateAsync(ApiRequest request)
    {
        using var span = Spans.Start("Authenticate");
        UserInfo? user = null;
        try
        {
            user = await authenticator.AuthenticateAsync(request.Http, request.Cancelled);
        }
        finally
        {
            (user is null ? _failures : _successes).Increment();
        }
        return user ?? throw StatusException.Unauthorized();
    }
}
