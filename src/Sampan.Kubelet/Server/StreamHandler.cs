using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Client.Streaming;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Server;

/// <summary>Exec, attach and port-forward: asks the runtime for an address and joins the client to it.</summary>
internal sealed class StreamHandler(PodManager pods, RuntimeCache cache, IContainerRuntime runtime, MetricRegistry metrics)
{
    private readonly Counter _webSockets = metrics.Counter("kubelet_websocket_streaming_requests_total", "[ALPHA] Streams that were asked for over WebSocket, by what for.", "subresource");

    public Task ExecAsync(HttpContext context, string ns, string podName, string? uid, string container)
    {
        var query = context.Request.Query;
        var request = new Cri.ExecRequest
        {
            ContainerId = RunningContainer(ns, podName, uid, container),
            Cmd = { query["command"].Select(c => c ?? "") },
            Stdin = Flag(query, "input"),
            Stdout = Flag(query, "output"),
            Stderr = Flag(query, "error") && !Flag(query, "tty"),
            Tty = Flag(query, "tty"),
        };
        return JoinAsync(context, "exec", ct => runtime.ExecAsync(request, ct));
    }

    /// <summary>Runs a command to its end, and answers with all that it wrote.</summary>
    public async Task RunAsync(HttpContext context, string ns, string podName, string? uid, string container)
    {
        var command = context.Request.Query["cmd"].ToString();
        var answer = await runtime.ExecSyncAsync(RunningContainer(ns, podName, uid, container), command.Split(' '), TimeSpan.Zero, context.RequestAborted);
        if (answer.ExitCode != 0)
        {
            throw new HttpFailure(StatusCodes.Status500InternalServerError, $"command '{command}' exited with {answer.ExitCode}: {answer.Stderr.ToStringUtf8()}");
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Stdout.Concat(answer.Stderr).ToArray(), context.RequestAborted);
    }

    public Task AttachAsync(HttpContext context, string ns, string podName, string? uid, string container)
    {
        var query = context.Request.Query;
        var request = new Cri.AttachRequest
        {
            ContainerId = RunningContainer(ns, podName, uid, container),
            Stdin = Flag(query, "input"),
            Stdout = Flag(query, "output"),
            Stderr = Flag(query, "error") && !Flag(query, "tty"),
            Tty = Flag(query, "tty"),
        };
        return JoinAsync(context, "attach", ct => runtime.AttachAsync(request, ct));
    }

    public Task PortForwardAsync(HttpContext context, string ns, string podName, string? uid)
    {
        var pod = Find(ns, podName, uid);
        var sandbox = cache.Get(pod.Metadata.Uid).ReadySandbox
            ?? throw new HttpFailure(StatusCodes.Status404NotFound, $"pod not found (\"{podName}_{ns}\")");
        var ports = context.Request.Query["port"].SelectMany(p => (p ?? "").Split(',')).Select(p => int.TryParse(p, out var port) ? port : 0).Where(p => p > 0);
        return JoinAsync(context, "portforward", ct => runtime.PortForwardAsync(new Cri.PortForwardRequest { PodSandboxId = sandbox.Id, Port = { ports } }, ct));
    }

    private static bool Flag(IQueryCollection query, string name) => query[name].ToString() is "1" or "true";

    private async Task JoinAsync(HttpContext context, string what, Func<CancellationToken, Task<Uri>> ask)
    {
        if (context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            _webSockets.With(what).Increment();
        }

        try
        {
            var address = await ask(context.RequestAborted);
            var target = new UpgradeTarget(new DnsEndPoint(address.Host, address.Port));
            await UpgradeProxy.RunAsync(context, target, address.PathAndQuery, context.RequestAborted);
        }
        catch (RpcException e)
        {
            throw new HttpFailure(StatusCodes.Status500InternalServerError, e.Message);
        }
        catch (SocketException e)
        {
            throw new HttpFailure(StatusCodes.Status502BadGateway, $"the container runtime's streaming server cannot be reached: {e.Message}");
        }
    }

    private Pod Find(string ns, string name, string? uid) =>
        pods.Find(ns, name) is { } pod && (uid is null || pod.Metadata.Uid == uid)
            ? pod
            : throw new HttpFailure(StatusCodes.Status404NotFound, "pod does not exist");

    private string RunningContainer(string ns, string podName, string? uid, string container)
    {
        var pod = Find(ns, podName, uid);
        var latest = cache.Get(pod.Metadata.Uid).Latest(container);
        return latest is { State: Cri.ContainerState.ContainerRunning }
            ? latest.Id
            : throw new HttpFailure(StatusCodes.Status404NotFound, $"container not found (\"{container}\")");
    }
}
