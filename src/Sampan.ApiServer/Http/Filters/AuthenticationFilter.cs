using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Tracing;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Finds the user, unless the transport already vouches for one (the loopback).</summary>
internal sealed class AuthenticationFilter(IAuthenticator authenticator, MetricRegistry metrics, TimeProvider time) : IRequestFilter
{
    private const string Metric = "authentication_attempts", Help = "Attempts to authenticate, by how they ended.";

    private static readonly double[] Seconds = [.. Enumerable.Range(0, 15).Select(power => 0.001 * Math.Pow(2, power))];

    private readonly Counter _users = metrics.Counter("authenticated_user_requests", "Requests by the kind of their user.", "username");
    private readonly Histogram _duration = metrics.Histogram("authentication_duration_seconds", "Time to find out who asks.", Seconds, "result");
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
        using var span = Spans.Start("authentication");
        UserInfo? user = null;
        var began = time.GetTimestamp();
        try
        {
            user = await authenticator.AuthenticateAsync(request.Http, request.Cancelled);
        }
        finally
        {
            (user is null ? _failures : _successes).Increment();
            _duration.With(user is null ? "failure" : "success").Observe(time.GetElapsedTime(began).TotalSeconds);
        }
        if (user is null)
        {
            throw StatusException.Unauthorized();
        }
        _users.With(Shown(user.Name)).Increment();
        return user;
    }

    /// <summary>Few of the names are known before: the others are counted together.</summary>
    private static string Shown(string name) => name switch
    {
        _ when name.StartsWith("system:", StringComparison.Ordinal) && !name.StartsWith(UserNames.NodePrefix, StringComparison.Ordinal)
            && !name.StartsWith(UserNames.ServiceAccountPrefix, StringComparison.Ordinal) => name,
        "admin" or "client" or "kube_proxy" or "kubelet" => name,
        _ when name.Contains('@') => "email_id",
        _ => "other",
    };
}
