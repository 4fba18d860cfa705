using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Server;

/// <summary>Serves containers' logs from the files that the runtime writes.</summary>
internal sealed class LogHandler(PodManager pods, RuntimeCache cache, IPodStatusSink statuses, PodPaths paths, TimeProvider time)
{
    private readonly LogReader _reader = new(time);

    public async Task HandleAsync(HttpContext context, string ns, string podName, string containerName)
    {
        var options = LogQuery.Read(context.Request.Query, time.GetUtcNow());
        var pod = pods.Find(ns, podName) ?? throw new HttpFailure(StatusCodes.Status404NotFound, $"pod \"{podName}\" does not exist");
        if (pod.FindContainer(containerName) is null)
        {
            throw new HttpFailure(StatusCodes.Status404NotFound, $"container \"{containerName}\" not found in pod \"{podName}\"");
        }

        var uid = pod.Metadata.Uid;
        var id = Find(pod, containerName, options.Previous);
        var path = PathOf(pod, containerName, id);
        if (!File.Exists(path))
        {
            throw new HttpFailure(StatusCodes.Status500InternalServerError, $"failed to try resolving symlinks in path \"{path}\": lstat {path}: no such file or directory");
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.StartAsync(context.RequestAborted);
        await _reader.CopyAsync(path, options, () => cache.Get(uid).Find(id)?.State == Cri.ContainerState.ContainerRunning, context.Response.Body, context.RequestAborted);
    }

    /// <summary>The instance whose log is meant; without one, why there is none.</summary>
    private string Find(Pod pod, string name, bool previous)
    {
        var known = statuses.Find(pod.Metadata.Uid) ?? pod.Status;
        var status = known.InitContainerStatuses.OrEmpty().Concat(known.ContainerStatuses.OrEmpty()).Concat(known.EphemeralContainerStatuses.OrEmpty()).FirstOrDefault(s => s.Name == name)
            ?? throw Refused($"container \"{name}\" in pod \"{pod.Metadata.Name}\" is not available");
        if (previous)
        {
            return Id(status.LastState.Terminated?.ContainerID) ?? throw Refused($"previous terminated container \"{name}\" in pod \"{pod.Metadata.Name}\" not found");
        }

        if (status.State.Waiting is not { } waiting)
        {
            return Id(status.ContainerID) ?? throw Refused($"container \"{name}\" in pod \"{pod.Metadata.Name}\" is waiting to start - no logs yet");
        }

        return Id(status.LastState.Terminated?.ContainerID) ?? throw Refused($"container \"{name}\" in pod \"{pod.Metadata.Name}\" is waiting to start: " + waiting.Reason switch
        {
            "ErrImagePull" => "image can't be pulled",
            "ImagePullBackOff" => "trying and failing to pull image",
            var reason => reason,
        });
    }

    private string PathOf(Pod pod, string name, string id)
    {
        var instance = cache.Get(pod.Metadata.Uid).Find(id);
        return instance?.LogPath is { Length: > 0 } path
            ? path
            : Path.Combine(paths.LogDirectory(pod), PodPaths.LogFile(name, (int)(instance?.Metadata.Attempt ?? 0)));
    }

    private static HttpFailure Refused(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary><c>containerd://abc</c> → <c>abc</c>.</summary>
    private static string? Id(string? containerId) =>
        containerId is { Length: > 0 } id && id.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? id[(at + 3)..] : null;
}
