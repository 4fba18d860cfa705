using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Server;

/// <summary>Has the runtime write a running container's state to a file below <c>checkpoints</c>, for forensics.</summary>
internal sealed class CheckpointHandler(PodManager pods, RuntimeCache cache, IContainerRuntime runtime, string directory, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, string ns, string podName, string containerName)
    {
        var pod = pods.Find(ns, podName) ?? throw new HttpFailure(StatusCodes.Status404NotFound, "pod does not exist");
        if (pod.FindContainer(containerName) is null)
        {
            throw new HttpFailure(StatusCodes.Status404NotFound, $"container {containerName} does not exist");
        }

        var id = cache.Get(pod.Metadata.Uid).Latest(containerName) is { State: Cri.ContainerState.ContainerRunning } running
            ? running.Id
            : throw new HttpFailure(StatusCodes.Status404NotFound, $"container {containerName} does not run");
        Directory.CreateDirectory(directory);
        var stamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var location = Path.Combine(directory, $"checkpoint-{podName}_{ns}-{containerName}-{stamp}.tar");
        await CheckpointAsync(id, location, Timeout(context), $"{ns}/{podName}/{containerName}", context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject { ["items"] = new JsonArray(location) }.ToJsonString());
    }

    private async Task CheckpointAsync(string id, string location, TimeSpan timeout, string what, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.CheckpointContainerAsync(id, location, timeout, cancellationToken);
        }
        catch (RpcException e)
        {
            var status = e.Code == GrpcStatusCode.Unimplemented ? StatusCodes.Status404NotFound : StatusCodes.Status500InternalServerError;
            throw new HttpFailure(status, $"checkpointing of {what} failed ({e.Message})");
        }
    }

    /// <summary>Zero for the runtime's own.</summary>
    private static TimeSpan Timeout(HttpContext context) => context.Request.Query["timeout"].ToString() switch
    {
        "" => TimeSpan.Zero,
        var text when long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 => TimeSpan.FromSeconds(seconds),
        _ => throw new HttpFailure(StatusCodes.Status400BadRequest, "cannot parse value of timeout parameter"),
    };
}
