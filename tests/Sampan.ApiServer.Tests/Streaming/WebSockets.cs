using System.Net.WebSockets;

namespace Sampan.ApiServer.Tests.Streaming;

internal static class WebSockets
{
    /// <summary>The next whole message; empty when the other side closes.</summary>
    public static async Task<byte[]> ReadMessageAsync(WebSocket socket, CancellationToken ct)
    {
        var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return message.ToArray();
            }
        }
    }
}
