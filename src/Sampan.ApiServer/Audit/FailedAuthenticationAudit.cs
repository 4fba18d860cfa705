using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Audit;

/// <summary>Records requests that nobody could be found for, as the policy says for a user without name.</summary>
internal sealed class FailedAuthenticationAudit(AuditPolicy policy, IAuditSink sink, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        try
        {
            await next(request);
        }
        catch (StatusException refusal) when (refusal.Code == 401 && !request.IsAuthenticated)
        {
            Write(request, refusal.Code);
            throw;
        }
    }

    private void Write(ApiRequest request, int code)
    {
        request.User = new UserInfo("", []);
        var rule = policy.RuleFor(request.User, request.Info);
        if (rule.Level == AuditLevel.None || rule.OmitStages.Contains(AuditStage.ResponseStarted))
        {
            return;
        }
        var record = new AuditRecord(request, rule, request.Now) { StatusCode = code, Failure = new Status { Message = Attempted(request) } };
        sink.Write(record.Write(AuditStage.ResponseStarted, time.GetUtcNow()));
    }

    private static string Attempted(ApiRequest request)
    {
        var http = request.Http;
        var scheme = http.Request.Headers.Authorization.ToString().Trim().Split(' ') is [var first, _, ..] ? first.ToLowerInvariant() : "";
        var methods = new List<string>();
        AddIf(scheme == "basic", "basic");
        AddIf(scheme == "bearer", "bearer");
        AddIf(!string.IsNullOrWhiteSpace(request.Query["access_token"]), "access_token");
        AddIf(http.Connection.ClientCertificate is not null, "x509");
        return methods.Count > 0
            ? $"Authentication failed, attempted: {string.Join(", ", methods)}"
            : "Authentication failed, no credentials provided";

        void AddIf(bool isThere, string method)
        {
            if (isThere)
            {
                methods.Add(method);
            }
        }
    }
}
