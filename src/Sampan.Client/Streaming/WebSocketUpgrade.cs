using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sampan.Client.Streaming;

/// <summary>Accepts WebSocket connections (RFC 6455) with one of the offered subprotocols.</summary>
public static class WebSocketUpgrade
{
    private const string HandshakeKey = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static bool IsWebSocketRequest(HttpContext context) =>
        UpgradeProxy.IsUpgradeRequest(context) && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of the client's subprotocols that is also ours; null when none is.</summary>
    public static string? Negotiate(HttpContext context, params ReadOnlySpan<string> ours)
    {
        foreach (var offered in context.Request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            if (ours.Contains(offered)) return offered;
        }
        return null;
    }

    public static async Task<WebSocket> AcceptAsync(HttpContext context, string? subprotocol)
    {
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        if (subprotocol is not null) headers.SecWebSocketProtocol = subprotocol;
        context.Response.StatusCode = StatusCodes.Status101SwitchingProtocols;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        // Told in the header only: .NET takes no subprotocol with a slash, which SPDY/3.1+portforward.k8s.io has.
        return WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, keepAliveInterval: TimeSpan.FromSeconds(30));
    }

    // SHA-1 is what the protocol prescribes; it is no protection and needs to be none.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 6455 prescribes SHA-1 for the handshake.")]
    private static string AcceptKey(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeKey)));
}
