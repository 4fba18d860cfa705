using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sampan.Client.Access;

namespace Sampan.Client.Metrics;

/// <summary>Serves <c>/healthz /livez /readyz /metrics /metrics/slis /statusz /flagz</c>, and pages of its own, for a component that runs as a process of its own.</summary>
public sealed class HealthServer : IComponent
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";
    private static readonly string[] HealthPaths = ["healthz", "livez", "readyz"];
    private readonly WebApplication _app;
    private readonly MetricRegistry _metrics;
    private readonly HealthMetrics _results = new();
    private readonly IReadOnlyList<HealthCheck> _checks;
    private readonly Dictionary<string, RequestDelegate> _pages;
    private readonly DelegatedAccess? _access;

    public HealthServer(HealthServerOptions options, MetricRegistry metrics, params IReadOnlyList<HealthCheck> checks)
    {
        _metrics = metrics;
        _checks = checks;
        _pages = new(options.Pages)
        {
            ["/metrics"] = http => WriteAsync(http, 200, _metrics.Render(), MetricsType),
            ["/metrics/slis"] = http => WriteAsync(http, 200, _results.Render(), MetricsType),
        };
        if (options.Component is { } component) Add(new DebugPages(component.Name, component.Flags, () => [.. HealthPaths.Select(path => $"/{path}"), .. _pages.Keys], TimeProvider.System));
        _access = options.Access;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => Listen(k, options));
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Name => "health";

    /// <summary>The port that was bound, for options that leave the choice to the system.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, HealthServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            if (options.Certificate is { } certificate) listen.UseHttps(https =>
            {
                https.ServerCertificateSelector = (_, _) => certificate();
                https.ClientCertificateMode = options.Access is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.AllowCertificate;
                // Whom it names is judged with the request, not with the connection.
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        });
    }

    private void Add(DebugPages pages)
    {
        _pages["/statusz"] = pages.StatuszAsync;
        _pages["/flagz"] = pages.FlagzAsync;
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (_access is not null && await _access.RefuseAsync(context) is { } refusal)
            await WriteAsync(context, refusal.Code, Encoding.UTF8.GetString(JsonCodec.Encode(refusal.Status)) + "\n", "application/json");
        else await AnswerAsync(context);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (_pages.TryGetValue(path, out var page)) return page(context);
        var root = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (root.Length == 0 || !HealthPaths.Contains(root[0])) return WriteAsync(context, 404, "404 page not found\n");
        var asked = root.Length > 1 ? _checks.Where(c => c.Name == root[1]).ToList() : _checks.Where(c => root[0] == "readyz" || !c.ReadinessOnly).ToList();
        if (root.Length > 1 && asked.Count == 0) return WriteAsync(context, 404, "404 page not found\n");
        return ReportAsync(context, root[0], asked);
    }

    private Task ReportAsync(HttpContext context, string kind, List<HealthCheck> checks)
    {
        var results = checks.Select(c => (c.Name, Problem: c.Check())).ToList();
        foreach (var (name, problem) in results) _results.Checked(name, kind, problem is null);
        var healthy = results.TrueForAll(r => r.Problem is null);
        if (healthy && !context.Request.Query.ContainsKey("verbose")) return WriteAsync(context, 200, "ok");
        var lines = results.Select(r => r.Problem is null ? $"[+]{r.Name} ok\n" : $"[-]{r.Name} failed: {r.Problem}\n");
        return WriteAsync(context, healthy ? 200 : 500, $"{string.Concat(lines)}{kind} check {(healthy ? "passed" : "failed")}\n");
    }

    private static Task WriteAsync(HttpContext context, int code, string text, string type = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        return context.Response.WriteAsync(text);
    }
}
