using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>A log in the messages of a WebSocket: as they are (binary.k8s.io, or nothing agreed) or as base64 text.</summary>
internal static class WebSocketLog
{
    private const string Binary = "binary.k8s.io";
    private const string Base64 = "base64.binary.k8s.io";
    private const int BufferSize = 32 * 1024;

    public static async Task SendAsync(HttpContext http, Stream log, CancellationToken ct)
    {
        var protocol = WebSocketUpgrade.Negotiate(http, Binary, Base64);
        using var socket = await WebSocketUpgrade.AcceptAsync(http, protocol);
        var buffer = new byte[BufferSize];
        while (await log.ReadAsync(buffer, ct) is var read and > 0)
        {
            var part = buffer.AsMemory(0, read);
            await (protocol == Base64
                ? socket.SendAsync(Encoding.ASCII.GetBytes(Convert.ToBase64String(part.Span)), WebSocketMessageType.Text, true, ct)
                : socket.SendAsync(part, WebSocketMessageType.Binary, true, ct).AsTask());
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
    }
}
