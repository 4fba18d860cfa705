using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>One message for each event: a text for JSON, bytes for protobuf. What the client sends is ignored until it closes.</summary>
internal sealed class SocketWatchSink(WebSocket socket, WatchEncoder encoder) : IWatchSink
{
    private const string BearerProtocol = "base64url.bearer.authorization.k8s.io.";

    /// <summary>How long the client has to answer the end of the watch.</summary>
    public static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _event = new();

    /// <summary>The protocol to answer with: the client's first that does not carry its token.</summary>
    public static string? ProtocolOf(HttpContext http) =>
        http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(protocol => !protocol.StartsWith(BearerProtocol, StringComparison.Ordinal));

    public ValueTask BeginAsync(CancellationToken cancelled) => default;

    public ValueTask WriteAsync(WatchItem item, CancellationToken cancelled)
    {
        encoder.Write(_event, item);
        return SendAsync(cancelled);
    }

    public ValueTask WriteErrorAsync(Status status, CancellationToken cancelled)
    {
        encoder.WriteError(_event, status);
        return SendAsync(cancelled);
    }

    public ValueTask FlushAsync(CancellationToken cancelled) => default;

    /// <summary>Runs until the client closes or is gone.</summary>
    public async Task ReadToEndAsync(CancellationToken cancelled)
    {
        var ignored = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(ignored, cancelled)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
        }
    }

    /// <summary>Says goodbye to a client that is still there.</summary>
    public async Task CloseAsync(CancellationToken limit)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
        }
    }

    private async ValueTask SendAsync(CancellationToken cancelled)
    {
        await socket.SendAsync(
            _event.WrittenMemory, encoder.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancelled);
        _event.ResetWrittenCount();
    }
}
