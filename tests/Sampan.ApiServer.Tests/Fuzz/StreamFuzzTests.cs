using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.ApiServer.Tests.Streaming;
using Sampan.Client.Streaming.Spdy;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>What comes over switched connections, from nodes (SPDY) and from clients (WebSocket), when it is bad: the connection ends, and nothing else.</summary>
public sealed class StreamFuzzTests
{
    private const string Exec = "/api/v1/namespaces/default/pods/p/exec?command=sh&stdin=true&stdout=true";

    /// <summary>A reply, data, a ping, settings, a reset, the end of a stream and of the connection.</summary>
    private static readonly byte[] Frames =
    [
        0x80, 3, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1,
        0, 0, 0, 1, 0, 0, 0, 5, (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'o',
        0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2,
        0x80, 3, 0, 4, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 100,
        0x80, 3, 0, 3, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, 5,
        0, 0, 0, 5, 1, 0, 0, 0,
        0x80, 3, 0, 7, 0, 0, 0, 8, 0, 0, 0, 5, 0, 0, 0, 0,
    ];

    /// <summary>Masked messages of a client: text for stdin in two parts, a new size, a ping, the end of stdin, the close.</summary>
    private static readonly byte[] Messages =
    [
        0x02, 0x83, 0, 0, 0, 0, 0, (byte)'h', (byte)'i',
        0x80, 0x82, 0, 0, 0, 0, (byte)'!', (byte)'\n',
        0x82, 0x8c, 0, 0, 0, 0, 4, .. "{\"Width\":80"u8, (byte)'}',
        0x89, 0x81, 0, 0, 0, 0, 1,
        0x82, 0x82, 0, 0, 0, 0, 255, 0,
        0x88, 0x82, 0, 0, 0, 0, 3, 0xe8,
    ];

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task SpdyFrames_Bad_AreReadToTheirEndOrRefused()
    {
        var mutator = new Mutator(seed: 31);
        for (var round = 0; round < 3000; round++)
        {
            var input = mutator.Change(Frames);
            await using var connection = new SpdyConnection(new ScriptedStream(input));
            var read = 0;
            try
            {
                await foreach (var (_, data, _) in connection.ReadAsync(default)) read += data.Length;
            }
            catch (IOException)
            {
                // Cut off in the middle of a frame.
            }
            Assert.True(read <= input.Length, "more data came than was sent");
        }
    }

    [Fact]
    public async Task ExecMessages_Bad_EndTheirConnectionOnly()
    {
        await using var server = await StreamingServer.StartAsync(EchoAsync);
        var mutator = new Mutator(seed: 7);
        for (var round = 0; round < 60; round++)
        {
            using var client = await ConnectAsync(server);
            var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(mutator.Change(Messages), Limit);
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[4096], Limit) > 0)
                {
                    // Whatever was echoed.
                }
            }
            catch (IOException)
            {
                // The server closed first.
            }
        }
        Assert.Equal("ok", await server.Http.GetStringAsync("/readyz", Limit));
        using var good = new ClientWebSocket();
        good.Options.AddSubProtocol("v5.channel.k8s.io");
        await good.ConnectAsync(server.WebSocketAddress(Exec), Limit);
        await good.SendAsync("\0x"u8.ToArray(), WebSocketMessageType.Binary, true, Limit);
        Assert.Equal("x", Encoding.UTF8.GetString(await WebSockets.ReadMessageAsync(good, Limit), 1, 1));
    }

    private static async Task<TcpClient> ConnectAsync(StreamingServer server)
    {
        var address = server.WebSocketAddress(Exec);
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Limit);
        var request = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Limit);
        return client;
    }

    /// <summary>A node that returns on stdout, the third stream opened, what comes on stdin, the second; whatever else comes is ignored.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        const int Stdin = 3, Stdout = 5;
        context.Response.StatusCode = StatusCodes.Status101SwitchingProtocols;
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "SPDY/3.1";
        await using var node = new SpdyConnection(await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
        try
        {
            await foreach (var (stream, data, isLast) in node.ReadAsync(Limit))
            {
                if (stream == Stdin) await node.SendAsync(Stdout, data, isLast, Limit);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The API server hung up.
        }
    }
}
