using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Streaming;
using Sampan.Client.Streaming.Spdy;

namespace Sampan.ApiServer.Streaming;

/// <summary>
/// Serves exec and attach over WebSocket to the client while the node speaks SPDY: every container runtime does, and
/// only SPDY can half-close the standard input there.
/// <code>
/// kubectl ── WebSocket v5.channel.k8s.io ── us ── SPDY/3.1, v4.channel.k8s.io ── kubelet ── runtime
///   [0 stdin…] [4 size…] [255 0]  ──►  streams stdin, resize; FIN on stdin
///   [1 …] [2 …] [3 status]        ◄──  streams stdout, stderr, error
/// </code>
/// Upstream: staging/src/k8s.io/apiserver/pkg/util/proxy.
/// </summary>
internal sealed class RemoteCommandTranslator : IAsyncDisposable
{
    public const string WebSocketProtocol = "v5.channel.k8s.io";
    private const string SpdyProtocol = "v4.channel.k8s.io";
    private const int BufferSize = 32 * 1024;

    private readonly WebSocket _client;
    private readonly SpdyConnection _node;
    private readonly Dictionary<RemoteCommandChannel, int> _streams = [];
    private readonly Dictionary<int, RemoteCommandChannel> _channels = [];
    private readonly SemaphoreSlim _sending = new(1, 1);

    private RemoteCommandTranslator(WebSocket client, SpdyConnection node) => (_client, _node) = (client, node);

    /// <summary>Runs until the command has ended or the client has gone.</summary>
    public static async Task RunAsync(HttpContext context, UpgradeTarget target, string pathAndQuery, RemoteCommandStreams streams, CancellationToken ct)
    {
        await using var response = await UpgradeClient.SendAsync(target, "POST", pathAndQuery, Headers(SpdyProtocol), ct);
        if (!response.IsSwitched)
        {
            await RefusedUpgrade.ForwardAsync(response, context.Response, ct);
            return;
        }
        await using var node = new SpdyConnection(response.Body);
        using var client = await WebSocketUpgrade.AcceptAsync(context, WebSocketProtocol);
        await using var translator = new RemoteCommandTranslator(client, node);
        await translator.RunAsync(streams, ct);
    }

    /// <summary>The headers of a request that asks a kubelet for SPDY with one of the Kubernetes protocols in it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(string streamProtocol) =>
    [
        new("Connection", "Upgrade"),
        new("Upgrade", "SPDY/3.1"),
        new("X-Stream-Protocol-Version", streamProtocol),
        new("Content-Length", "0"),
    ];

    public ValueTask DisposeAsync()
    {
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(RemoteCommandStreams streams, CancellationToken ct)
    {
        await OpenStreamsAsync(streams, ct);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var input = ReadClientAsync(both.Token);
        var output = ReadNodeAsync(both.Token);
        var first = await Task.WhenAny(input, output);
        if (first == output && output.IsCompletedSuccessfully) await CloseClientAsync(ct);
        await both.CancelAsync();
        await Task.WhenAll(input, output).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The runtime waits for exactly the streams that the query named; the error stream always exists.
    private async Task OpenStreamsAsync(RemoteCommandStreams streams, CancellationToken ct)
    {
        await OpenAsync(RemoteCommandChannel.Error, "error", ct);
        if (streams.Stdin) await OpenAsync(RemoteCommandChannel.Stdin, "stdin", ct);
        if (streams.Stdout) await OpenAsync(RemoteCommandChannel.Stdout, "stdout", ct);
        if (streams.Stderr && !streams.Tty) await OpenAsync(RemoteCommandChannel.Stderr, "stderr", ct);
        if (streams.Tty) await OpenAsync(RemoteCommandChannel.Resize, "resize", ct);
    }

    private async Task OpenAsync(RemoteCommandChannel channel, string streamType, CancellationToken ct)
    {
        var stream = await _node.OpenStreamAsync([new("streamtype", streamType)], ct);
        _streams[channel] = stream;
        _channels[stream] = channel;
    }

    private async Task ReadNodeAsync(CancellationToken ct)
    {
        var open = _channels.Count(c => c.Value is RemoteCommandChannel.Stdout or RemoteCommandChannel.Stderr or RemoteCommandChannel.Error);
        await foreach (var (stream, data, isLast) in _node.ReadAsync(ct))
        {
            if (!_channels.TryGetValue(stream, out var channel) || channel is RemoteCommandChannel.Stdin or RemoteCommandChannel.Resize) continue;
            if (!data.IsEmpty) await SendAsync(channel, data, ct);
            if (isLast && --open == 0) return;
        }
    }

    private async Task SendAsync(RemoteCommandChannel channel, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var message = ArrayPool<byte>.Shared.Rent(data.Length + 1);
        await _sending.WaitAsync(ct);
        try
        {
            message[0] = (byte)channel;
            data.CopyTo(message.AsMemory(1));
            await _client.SendAsync(message.AsMemory(0, data.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    private async Task ReadClientAsync(CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        RemoteCommandChannel? channel = null;                   // of the message that is being read, which may come in parts
        while (true)
        {
            var part = await _client.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close) return;
            var data = buffer.AsMemory(0, part.Count);
            if (channel is null && !data.IsEmpty)
            {
                channel = (RemoteCommandChannel)data.Span[0];
                data = data[1..];
            }
            if (channel is { } to) await ForwardAsync(to, data, ct);
            if (part.EndOfMessage) channel = null;
        }
    }

    private Task ForwardAsync(RemoteCommandChannel channel, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        if (data.IsEmpty) return Task.CompletedTask;
        if (channel == RemoteCommandChannel.Close)
            return _streams.TryGetValue((RemoteCommandChannel)data.Span[0], out var closed) ? _node.SendAsync(closed, default, last: true, ct) : Task.CompletedTask;
        return channel is RemoteCommandChannel.Stdin or RemoteCommandChannel.Resize && _streams.TryGetValue(channel, out var stream)
            ? _node.SendAsync(stream, data, last: false, ct)
            : Task.CompletedTask;
    }

    private Task CloseClientAsync(CancellationToken ct) =>
        _client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
}
