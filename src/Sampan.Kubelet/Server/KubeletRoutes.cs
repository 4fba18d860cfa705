using Microsoft.AspNetCore.Http;
using Sampan.Api.Codec;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Server;

/// <summary>The paths of the kubelet's API.</summary>
internal sealed class KubeletRoutes(PodManager pods, LogHandler logs, StreamHandler streams, StatsReader stats)
{
    public Task HandleAsync(HttpContext context, bool healthOnly)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["healthz"] or ["healthz", "ping" or "log" or "syncloop"])
        {
            return TextAsync(context, "ok", "text/plain; charset=utf-8");
        }

        if (healthOnly)
        {
            throw NotFound();
        }

        return path switch
        {
            ["pods"] => PodsAsync(context),
            ["containerLogs", var ns, var pod, var container] => logs.HandleAsync(context, ns, pod, container),
            ["exec", var ns, var pod, var container] => streams.ExecAsync(context, ns, pod, null, container),
            ["exec", var ns, var pod, var uid, var container] => streams.ExecAsync(context, ns, pod, uid, container),
            ["attach", var ns, var pod, var container] => streams.AttachAsync(context, ns, pod, null, container),
            ["attach", var ns, var pod, var uid, var container] => streams.AttachAsync(context, ns, pod, uid, container),
            ["portForward", var ns, var pod] => streams.PortForwardAsync(context, ns, pod, null),
            ["portForward", var ns, var pod, var uid] => streams.PortForwardAsync(context, ns, pod, uid),
            ["stats", "summary"] => SummaryAsync(context),
            ["metrics", "resource"] => MetricsAsync(context),
            _ => throw NotFound(),
        };
    }

    private static HttpFailure NotFound() => new(StatusCodes.Status404NotFound, "404 page not found");

    private static Task TextAsync(HttpContext context, string text, string type)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    private Task PodsAsync(HttpContext context)
    {
        var items = string.Join(',', pods.Pods.Select(p => System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(p))));
        return TextAsync(context, $$"""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{{items}}]}""", "application/json");
    }

    private async Task SummaryAsync(HttpContext context)
    {
        var summary = await stats.SummaryAsync(context.RequestAborted);
        await TextAsync(context, summary.ToJsonString(), "application/json");
    }

    private async Task MetricsAsync(HttpContext context) =>
        await TextAsync(context, await stats.ResourceMetricsAsync(context.RequestAborted), "text/plain; version=0.0.4; charset=utf-8");
}
