using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>What exec, attach and port-forward have in common: find the pod's kubelet and join the client with it.</summary>
internal abstract class PodStreamHandler(IObjectSource objects, KubeletLocator kubelets) : IConnectHandler
{
    public async Task ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        // A WebSocket begins by GET: who may only read could otherwise run things.
        if (request.Info.Verb != "create") await request.AuthorizeAsync("create");
        var pod = PodContainers.Find(objects, request.Info.Namespace, request.Info.Name);
        Check(request.Query, pod);
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) throw StatusException.BadRequest($"pod {pod.Metadata.Name} does not have a host assigned");
        if (!UpgradeProxy.IsUpgradeRequest(request.Http)) throw StatusException.BadRequest("Upgrade request required");
        var target = kubelets.UpgradeTarget(kubelets.Locate(pod.Spec.NodeName));
        try
        {
            await JoinAsync(request.Http, pod, target, cancellationToken);
        }
        catch (Exception e) when (BackendFailure.Is(e) && !request.Http.Response.HasStarted)
        {
            throw StatusException.InternalError($"error dialing backend: {BackendFailure.Reason(e)}");
        }
    }

    /// <summary>Refuses what the pod cannot have, wherever it is.</summary>
    protected virtual void Check(IQueryCollection query, Pod pod)
    {
    }

    protected abstract Task JoinAsync(HttpContext context, Pod pod, UpgradeTarget target, CancellationToken ct);

    protected static string KubeletPath(string verb, Pod pod, string? container = null) =>
        $"/{verb}/{Uri.EscapeDataString(pod.Metadata.Namespace!)}/{Uri.EscapeDataString(pod.Metadata.Name!)}{(container is null ? "" : "/" + Uri.EscapeDataString(container))}";
}
