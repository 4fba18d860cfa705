using Microsoft.AspNetCore.Http;
using Sampan.Api.Core.V1;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>pods/portforward.</summary>
internal sealed class PortForwardHandler(IObjectSource objects, KubeletLocator kubelets) : PodStreamHandler(objects, kubelets)
{
    protected override Task JoinAsync(HttpContext context, Pod pod, UpgradeTarget target, CancellationToken ct)
    {
        var path = KubeletPath("portForward", pod) + KubeletQuery(context.Request.Query);
        return WebSocketUpgrade.IsWebSocketRequest(context) && WebSocketUpgrade.Negotiate(context, PortForwardTunnel.WebSocketProtocol) is not null
            ? PortForwardTunnel.RunAsync(context, target, path, ct)
            : UpgradeProxy.RunAsync(context, target, path, ct);
    }

    // Clients over WebSocket name the ports in advance; the kubelet has its own word for them.
    private static string KubeletQuery(IQueryCollection query) =>
        query["ports"].Count == 0 ? "" : "?port=" + Uri.EscapeDataString(string.Join(',', query["ports"].ToArray()));
}
