using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Asks whether the user may do this.</summary>
internal sealed class AuthorizationFilter(IAuthorizer authorizer, AuthorizationMetrics metrics) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var question = AuthorizerAttributes.Of(request.User, request.Info);
        var decision = await DecideAsync(question, request.Cancelled);
        if (!decision.IsAllowed)
        {
            Annotate(request, "forbid", decision.Reason);
            throw ForbiddenTexts.Exception(question, decision.Reason);
        }
        Annotate(request, "allow", decision.Reason);
        if (question.Verb is "update" or "patch" || question.Subresource.Length > 0)
        {
            request.AuthorizeAsync = verb => RequireAsync(question with { Verb = verb }, request.Cancelled);
        }
        await next(request);
    }

    private async ValueTask RequireAsync(AuthorizerAttributes question, CancellationToken cancelled)
    {
        var decision = await DecideAsync(question, cancelled);
        if (!decision.IsAllowed)
        {
            throw ForbiddenTexts.Exception(question, decision.Reason);
        }
    }

    private async ValueTask<Decision> DecideAsync(AuthorizerAttributes question, CancellationToken cancelled)
    {
        using var span = Spans.Start("authorization");
        var (began, kind) = (metrics.Now, (DecisionKind?)null);
        try
        {
            var decision = await authorizer.AuthorizeAsync(question, cancelled);
            kind = decision.Kind;
            return decision;
        }
        finally
        {
            metrics.Decided(kind, began);
        }
    }

    private static void Annotate(ApiRequest request, string decision, string reason)
    {
        if (request.IsAudited)
        {
            request.Annotate("authorization.k8s.io/decision", decision);
            request.Annotate("authorization.k8s.io/reason", reason);
        }
    }
}
