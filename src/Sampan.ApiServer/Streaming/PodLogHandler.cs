using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>pods/log: streams a container's log from its kubelet, as plain text or in the messages of a WebSocket.</summary>
internal sealed class PodLogHandler(IObjectSource objects, KubeletLocator kubelets) : IConnectHandler, IDisposable
{
    private const int MaxRefusal = 10 * 1024;

    private readonly HttpForwarder _forwarder = kubelets.CreateForwarder();
    private readonly HttpForwarder _unverified = new(ProxyTls.AnyCertificate(""));

    public async Task ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var options = PodLogQuery.Read(request.Query, request.Info.Name);
        var pod = PodContainers.Find(objects, request.Info.Namespace, request.Info.Name);
        var container = PodContainers.Choose(pod, options.Container);
        if (string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            // Not scheduled: there is no log yet, nor a place to ask for it.
            request.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        var url = kubelets.Locate(pod.Spec.NodeName).Url(Path(pod, container) + PodLogQuery.ForKubelet(options));
        using var response = await GetAsync(options.InsecureSkipTLSVerifyBackend ? _unverified : _forwarder, url, cancellationToken);
        await using var log = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response.StatusCode, request.Info.Name, log, cancellationToken);
        }
        await SendAsync(request.Http, log, cancellationToken);
    }

    public void Dispose()
    {
        _forwarder.Dispose();
        _unverified.Dispose();
    }

    private static async Task SendAsync(HttpContext http, Stream log, CancellationToken ct)
    {
        if (WebSocketUpgrade.IsWebSocketRequest(http))
        {
            await WebSocketLog.SendAsync(http, log, ct);
            return;
        }
        http.Response.ContentType = "text/plain";
        await http.Response.StartAsync(ct);
        await HttpForwarder.CopyBodyAsync(log, http.Response, ct);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpForwarder forwarder, Uri url, CancellationToken ct)
    {
        try
        {
            return await forwarder.GetAsync(url, ct);
        }
        catch (HttpRequestException e)
        {
            throw StatusException.InternalError($"Get \"{url}\": {BackendFailure.Reason(e)}");
        }
    }

    private static string Path(Pod pod, string container) =>
        $"/containerLogs/{Uri.EscapeDataString(pod.Metadata.Namespace)}/{Uri.EscapeDataString(pod.Metadata.Name)}/{Uri.EscapeDataString(container)}";

    private static async Task<StatusException> RefusalAsync(HttpStatusCode code, string pod, Stream body, CancellationToken ct)
    {
        var bytes = new byte[MaxRefusal];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var text = System.Text.Encoding.UTF8.GetString(bytes, 0, read);
        return code switch
        {
            HttpStatusCode.BadRequest => StatusException.BadRequest(text),
            HttpStatusCode.NotFound => NotFound(pod),
            _ => StatusException.InternalError(text),
        };
    }

    private static StatusException NotFound(string pod)
    {
        var refusal = StatusException.GenericNotFound();
        refusal.Status.Message = $"the server could not find the requested resource ( pods/log {pod})";
        refusal.Status.Details = new() { Kind = "pods/log", Name = pod };
        return refusal;
    }
}
