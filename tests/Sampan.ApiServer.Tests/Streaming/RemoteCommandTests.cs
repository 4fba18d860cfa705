using System.Buffers.Binary;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Tests.Streaming;

public sealed class RemoteCommandTests
{
    private const string Exec = "/api/v1/namespaces/default/pods/p/exec?command=sh&stdin=true&stdout=true";
    private const int ErrorStream = 1, StdinStream = 3, StdoutStream = 5;

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task Exec_V5_HalfClosesInputAndTellsTheExitStatus()
    {
        var path = "";
        await using var server = await StreamingServer.StartAsync(context =>
        {
            path = context.Request.Path + context.Request.QueryString.Value;
            return EchoUntilEndAsync(context);
        });
        using var socket = await ConnectAsync(server, Exec, "v5.channel.k8s.io");
        await SendAsync(socket, 0, "hello");
        await SendAsync(socket, 255, "\0");
        var (output, status) = ("", "");
        while (await WebSockets.ReadMessageAsync(socket, Limit) is { Length: > 0 } message)
        {
            var text = Encoding.UTF8.GetString(message, 1, message.Length - 1);
            (output, status) = message[0] switch { 1 => (output + text, status), 3 => (output, status + text), _ => (output, status) };
        }
        Assert.Equal("hello", output);
        Assert.Contains("\"ExitCode\"", status, StringComparison.Ordinal);
        Assert.Equal("/exec/default/p/a?input=1&output=1&command=sh", path);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Theory]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("base64.channel.k8s.io")]
    [InlineData("channel.k8s.io")]
    public async Task Exec_OlderChannels_PassToTheKubeletAsTheyAre(string protocol)
    {
        await using var server = await StreamingServer.StartAsync(async context =>
        {
            using var accepted = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols[0]);
            var message = await WebSockets.ReadMessageAsync(accepted, Limit);
            message[0] = 1;
            await accepted.SendAsync(message, WebSocketMessageType.Binary, true, Limit);
            await accepted.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Limit);
        });
        using var socket = await ConnectAsync(server, Exec, protocol);
        await SendAsync(socket, 0, "x");
        Assert.Equal([1, (byte)'x'], await WebSockets.ReadMessageAsync(socket, Limit));
    }

    [Fact]
    public async Task PortForward_Tunnelled_CarriesSpdyBytes()
    {
        await using var server = await StreamingServer.StartAsync(async context =>
        {
            Assert.Equal("portforward.k8s.io", context.Request.Headers["X-Stream-Protocol-Version"].ToString());
            await using var stream = await SwitchAsync(context);
            var buffer = new byte[64];
            while (await stream.ReadAsync(buffer, Limit) is var read and > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), Limit);
            }
        });
        using var socket = await TunnelAsync(server);
        await socket.SendAsync("frames"u8.ToArray(), WebSocketMessageType.Binary, true, Limit);
        Assert.Equal("frames"u8.ToArray(), await WebSockets.ReadMessageAsync(socket, Limit));
    }

    [Fact]
    public async Task Exec_KubeletRefuses_AnswersWithItsCode()
    {
        await using var server = await StreamingServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await Assert.ThrowsAnyAsync<WebSocketException>(() => ConnectAsync(server, Exec, "v5.channel.k8s.io"));
    }

    [Fact]
    public async Task Exec_WithoutUpgrade_IsABadRequest()
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var answer = await server.Http.PostAsync(Exec, null, Limit);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("Upgrade request required", await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(StreamingServer server, string path, string protocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(server.WebSocketAddress(path), Limit);
        return socket;
    }

    /// <summary>The handshake by hand: .NET's client takes no subprotocol with a slash.</summary>
    private static async Task<WebSocket> TunnelAsync(StreamingServer server)
    {
        var address = server.WebSocketAddress("/api/v1/namespaces/default/pods/p/portforward");
        KeyValuePair<string, string>[] headers =
        [
            new("Connection", "Upgrade"), new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13"),
            new("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16])), new("Sec-WebSocket-Protocol", "SPDY/3.1+portforward.k8s.io"),
        ];
        var answer = await UpgradeClient.SendAsync(
            new UpgradeTarget(new IPEndPoint(IPAddress.Loopback, address.Port)), "GET", address.PathAndQuery, headers, Limit);
        Assert.Equal("SPDY/3.1+portforward.k8s.io", answer.Header("Sec-WebSocket-Protocol"));
        return WebSocket.CreateFromStream(answer.Body, new WebSocketCreationOptions { IsServer = false });
    }

    private static Task SendAsync(WebSocket socket, byte channel, string text) =>
        socket.SendAsync((byte[])[channel, .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Binary, true, Limit);

    /// <summary>A container that writes what it reads, and ends when its input does.</summary>
    private static async Task EchoUntilEndAsync(HttpContext context)
    {
        await using var stream = await SwitchAsync(context);
        var head = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(head, Limit);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) & 0xffffff];
            await stream.ReadExactlyAsync(payload, Limit);
            if ((head[0] & 0x80) != 0 || BinaryPrimitives.ReadInt32BigEndian(head) != StdinStream)
            {
                continue;
            }
            await WriteFrameAsync(stream, StdoutStream, payload, last: false);
            if ((head[4] & 1) != 0)
            {
                break;
            }
        }
        const string Status = """{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}""";
        await WriteFrameAsync(stream, StdoutStream, [], last: true);
        await WriteFrameAsync(stream, ErrorStream, Encoding.UTF8.GetBytes(Status), last: true);
        // The other side closes.
        while (await stream.ReadAsync(head, Limit) > 0)
        {
        }
    }

    private static async Task WriteFrameAsync(Stream stream, int id, byte[] data, bool last)
    {
        var frame = new byte[8 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, id);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), data.Length);
        frame[4] = last ? (byte)1 : (byte)0;
        data.CopyTo(frame, 8);
        await stream.WriteAsync(frame, Limit);
    }

    private static Task<Stream> SwitchAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "SPDY/3.1";
        context.Response.StatusCode = 101;
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
