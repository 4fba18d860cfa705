using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Server;

/// <summary>The paths of the kubelet's API.</summary>
internal sealed class KubeletRoutes(
    KubeletConfiguration configuration, PodsHandler pods, LogHandler logs, SystemLogs systemLogs, CheckpointHandler checkpoints, StreamHandler streams, UsageReader usage, ResourceMetrics resources, CadvisorMetrics cadvisor, LocalVolumesHandler volumes, MetricRegistry metrics, VolumeMetrics volumeMetrics, LogMetrics logMetrics, MetricRegistry probes, DebugPages pages, VerbosityHandler verbosity)
{
    /// <summary>What /statusz names; those that act on a pod are left out.</summary>
    public static readonly string[] Paths = ["/configz", "/containerLogs", "/flagz", "/healthz", "/logs", "/metrics", "/pods", "/run", "/runningpods", "/stats", "/statusz"];

    /// <summary>What looks into containers and the machine, which a node may not offer.</summary>
    private static readonly string[] Debugging = ["attach", "containerLogs", "debug", "exec", "logs", "portForward", "run", "runningpods"];

    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>How much of it a listener shows.</summary>
    public enum Scope
    {
        All,
        ReadOnly,
        Health,
    }

    public Task HandleAsync(HttpContext context, Scope scope)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["healthz"] or ["healthz", "ping" or "log" or "syncloop"])
        {
            return TextAsync(context, "ok", "text/plain; charset=utf-8");
        }

        if (scope == Scope.Health)
        {
            throw NotFound();
        }

        if (path is [var first, ..] && Debugging.Contains(first) && (!configuration.EnableDebuggingHandlers || scope != Scope.All))
        {
            throw Disabled("Debug endpoints are disabled.");
        }

        return path switch
        {
            ["pods"] => context.WriteJsonAsync(pods.All()),
            ["runningpods"] => context.WriteJsonAsync(pods.Running()),
            ["configz"] => context.WriteJsonAsync(new JsonObject { ["kubeletconfig"] = ConfigurationJson.Write(configuration) }),
            ["statusz"] => pages.StatuszAsync(context),
            ["flagz"] => pages.FlagzAsync(context),
            ["stats"] or ["stats", "summary"] => SummaryAsync(context),
            ["metrics"] => MetricsAsync(context, async ct => metrics.Render() + await volumeMetrics.RenderAsync(ct) + logMetrics.Render()),
            ["metrics", "probes"] => TextAsync(context, probes.Render(), MetricsType),
            ["metrics", "resource"] => MetricsAsync(context, resources.RenderAsync),
            ["metrics", "cadvisor"] => MetricsAsync(context, cadvisor.RenderAsync),
            ["localVolumes", var volume] when scope == Scope.All => volumes.HandleAsync(context, volume),
            _ => scope == Scope.All ? DebugAsync(context, path) : throw NotFound(),
        };
    }

    private Task DebugAsync(HttpContext context, string[] path) => path switch
    {
        ["logs", ..] when !configuration.EnableSystemLogHandler => throw Disabled("logs endpoint is disabled."),
        ["debug", "pprof", ..] when !configuration.EnableProfilingHandler => throw Disabled("profiling endpoint is disabled."),
        ["debug", "flags", "v"] when !configuration.EnableDebugFlagsHandler => throw Disabled("flags endpoint is disabled."),
        ["debug", "pprof", ..] => throw new HttpFailure(StatusCodes.Status404NotFound, "there are no profiles of Go here: .NET's diagnostic tools can profile this process"),
        ["debug", "flags", "v"] => verbosity.HandleAsync(context),
        ["logs", .. var file] => systemLogs.HandleAsync(context, file),
        ["checkpoint", var ns, var pod, var container] when HttpMethods.IsPost(context.Request.Method) => checkpoints.HandleAsync(context, ns, pod, container),
        ["containerLogs", var ns, var pod, var container] => logs.HandleAsync(context, ns, pod, container),
        ["run", var ns, var pod, var container] when HttpMethods.IsPost(context.Request.Method) => streams.RunAsync(context, ns, pod, null, container),
        ["run", var ns, var pod, var uid, var container] when HttpMethods.IsPost(context.Request.Method) => streams.RunAsync(context, ns, pod, uid, container),
        ["exec", var ns, var pod, var container] => streams.ExecAsync(context, ns, pod, null, container),
        ["exec", var ns, var pod, var uid, var container] => streams.ExecAsync(context, ns, pod, uid, container),
        ["attach", var ns, var pod, var container] => streams.AttachAsync(context, ns, pod, null, container),
        ["attach", var ns, var pod, var uid, var container] => streams.AttachAsync(context, ns, pod, uid, container),
        ["portForward", var ns, var pod] => streams.PortForwardAsync(context, ns, pod, null),
        ["portForward", var ns, var pod, var uid] => streams.PortForwardAsync(context, ns, pod, uid),
        _ => throw NotFound(),
    };

    private static HttpFailure NotFound() => new(StatusCodes.Status404NotFound, "404 page not found");

    private static HttpFailure Disabled(string message) => new(StatusCodes.Status405MethodNotAllowed, message);

    private static Task TextAsync(HttpContext context, string text, string type)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    private async Task SummaryAsync(HttpContext context)
    {
        var onlyCpuAndMemory = context.Request.Query["only_cpu_and_memory"] == "true";
        var stats = onlyCpuAndMemory ? await usage.ReadCpuAndMemoryAsync(context.RequestAborted) : await usage.ReadAsync(context.RequestAborted);
        await context.WriteJsonAsync(SummaryJson.Write(stats));
    }

    private static async Task MetricsAsync(HttpContext context, Func<CancellationToken, Task<string>> render) =>
        await TextAsync(context, await render(context.RequestAborted), MetricsType);
}
