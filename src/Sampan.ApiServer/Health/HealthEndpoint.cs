using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Http;
using HealthMetrics = Sampan.Client.Metrics.HealthMetrics;

namespace Sampan.ApiServer.Health;

/// <summary>Answers /healthz, /livez or /readyz, with ?verbose, ?exclude=check and /healthz/check.</summary>
internal sealed class HealthEndpoint(string path, IReadOnlyList<HealthCheck> checks, HealthMetrics metrics, ILogger logger)
{
    private string Name => path[1..];

    public async Task InvokeAsync(ApiRequest request)
    {
        var http = request.Http;
        var single = (http.Request.Path.Value ?? "")[path.Length..].Trim('/');
        if (single.Length > 0 && checks.All(check => check.Name != single))
        {
            await PlainText.NotFoundAsync(http);
            return;
        }
        var excluded = request.Query["exclude"];
        var report = new StringBuilder();
        var failed = false;
        foreach (var check in checks)
        {
            if (single.Length > 0 && check.Name != single)
            {
                continue;
            }
            failed |= await RunAsync(check, excluded.Contains(check.Name), report, request.Cancelled);
        }
        var unknown = excluded.Where(name => checks.All(check => check.Name != name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0 && single.Length == 0)
        {
            report.Append("warn: some health checks cannot be excluded: no matches for ")
                .AppendJoin(", ", unknown.Select(name => $"\"{name}\"")).Append('\n');
        }
        await AnswerAsync(http, request.Query.ContainsKey("verbose") && single.Length == 0, failed, report);
    }

    private async ValueTask<bool> RunAsync(HealthCheck check, bool excluded, StringBuilder report, CancellationToken cancelled)
    {
        if (excluded)
        {
            report.Append("[+]").Append(check.Name).Append(" excluded: ok\n");
            return false;
        }
        var problem = await check.CheckAsync(cancelled);
        metrics.Checked(check.Name, Name, problem is null);
        if (problem is null)
        {
            report.Append("[+]").Append(check.Name).Append(" ok\n");
            return false;
        }
        logger.LogInformation("{Path} check {Check} failed: {Problem}", path, check.Name, problem);
        report.Append("[-]").Append(check.Name).Append(" failed: reason withheld\n");
        return true;
    }

    private Task AnswerAsync(HttpContext http, bool verbose, bool failed, StringBuilder report)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (failed)
        {
            return PlainText.WriteAsync(http, StatusCodes.Status500InternalServerError, $"{report}{Name} check failed\n");
        }
        return PlainText.WriteAsync(http, StatusCodes.Status200OK, verbose ? $"{report}{Name} check passed\n" : "ok");
    }
}
