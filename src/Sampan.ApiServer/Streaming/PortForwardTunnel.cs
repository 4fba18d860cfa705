using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>
/// Port-forward as kubectl does it since 1.31: a SPDY connection carried in the binary messages of a WebSocket. We take
/// it out of the messages and join it with a SPDY connection to the node.
/// </summary>
internal static class PortForwardTunnel
{
    public const string WebSocketProtocol = "SPDY/3.1+" + SpdyProtocol;
    private const string SpdyProtocol = "portforward.k8s.io";

    public static async Task RunAsync(HttpContext context, UpgradeTarget target, string pathAndQuery, CancellationToken ct)
    {
        await using var response = await UpgradeClient.SendAsync(target, "POST", pathAndQuery, RemoteCommandTranslator.Headers(SpdyProtocol), ct);
        if (!response.IsSwitched)
        {
            await RefusedUpgrade.ForwardAsync(response, context.Response, ct);
            return;
        }
        using var client = await WebSocketUpgrade.AcceptAsync(context, WebSocketProtocol);
        await using var messages = WebSocketStream.Create(client, WebSocketMessageType.Binary);
        await DuplexCopy.RunAsync(messages, response.Body, ct);
    }
}
