using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>pods/log: streams a container's log from its kubelet.</summary>
internal sealed class PodLogHandler(IObjectSource objects, KubeletLocator kubelets) : IConnectHandler, IDisposable
{
    private readonly HttpForwarder _forwarder = kubelets.CreateForwarder();

    public async Task ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var pod = PodContainers.Find(objects, request.Info.Namespace, request.Info.Name);
        var container = PodContainers.Choose(pod, request.Query["container"]);
        request.Http.Response.ContentType = "text/plain";
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) return;        // not scheduled: its log is empty
        var location = kubelets.Locate(pod.Spec.NodeName);
        using var response = await GetAsync(location.Url(Path(pod, container) + request.Http.Request.QueryString), cancellationToken);
        await using var log = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (!response.IsSuccessStatusCode) throw await RefusalAsync(response.StatusCode, log, cancellationToken);
        await request.Http.Response.StartAsync(cancellationToken);
        await HttpForwarder.CopyBodyAsync(log, request.Http.Response, cancellationToken);
    }

    public void Dispose() => _forwarder.Dispose();

    private async Task<HttpResponseMessage> GetAsync(Uri url, CancellationToken ct)
    {
        try
        {
            return await _forwarder.GetAsync(url, ct);
        }
        catch (HttpRequestException e)
        {
            throw StatusException.InternalError($"Get \"{url}\": {e.Message}");
        }
    }

    private static string Path(Pod pod, string container) =>
        $"/containerLogs/{Uri.EscapeDataString(pod.Metadata.Namespace!)}/{Uri.EscapeDataString(pod.Metadata.Name!)}/{Uri.EscapeDataString(container)}";

    private static async Task<StatusException> RefusalAsync(HttpStatusCode code, Stream body, CancellationToken ct)
    {
        var text = (await new StreamReader(body).ReadToEndAsync(ct)).Trim();
        return code switch
        {
            HttpStatusCode.BadRequest => StatusException.BadRequest(text),
            HttpStatusCode.NotFound => StatusException.BadRequest(text),
            _ => StatusException.InternalError(text),
        };
    }
}
