using System.Net;
using System.Net.WebSockets;
using System.Text;
using Sampan.Api.Codec;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>Watches over WebSocket: a message for each event, and a close when either side ends.</summary>
public sealed class WatchSocketTests : IAsyncLifetime
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-ws-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private EmbeddedStore _store = null!;
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });
        _server = new ApiServer(new ApiServerOptions
        {
            Store = _store,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        });
        await _server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = _server.Address };
        await http.PostAsync(Maps, new StringContent("""{"metadata":{"name":"a"}}""", Encoding.UTF8, "application/json"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _limit.Dispose();
    }

    [Fact]
    public async Task Watch_Json_SendsTexts()
    {
        using var socket = await ConnectAsync(Maps + "?watch=1", null);
        var (type, bytes) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Text, type);
        var json = JsonTree.ParseObject(bytes);
        Assert.Equal(("ADDED", "a"), ((string?)json["type"], (string?)json["object"]!["metadata"]!["name"]));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _limit.Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task Watch_Protobuf_SendsBytesWithoutALength()
    {
        using var socket = await ConnectAsync(Maps + "?watch=1", "application/vnd.kubernetes.protobuf");
        var (type, bytes) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Binary, type);
        var reader = new ProtoReader(bytes);
        Assert.Equal(1, reader.ReadField());
        Assert.Equal("ADDED", reader.ReadString());
    }

    [Fact]
    public async Task Watch_ServerStops_ClosesTheSocket()
    {
        using var socket = await ConnectAsync(Maps + "?watch=1", null);
        await ReceiveAsync(socket);
        var stopping = _server.StopAsync(default);
        var (type, _) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Close, type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _limit.Token);
        await stopping;
    }

    [Fact]
    public async Task Watch_BadRequest_IsRefusedBeforeTheUpgrade()
    {
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(Maps + "?watch=1&resourceVersion=x", null));
        Assert.Contains("400", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<ClientWebSocket> ConnectAsync(string target, string? accept)
    {
        var socket = new ClientWebSocket();
        if (accept is not null)
        {
            socket.Options.SetRequestHeader("Accept", accept);
        }
        await socket.ConnectAsync(new Uri($"ws://{_server.Address!.Authority}{target}"), _limit.Token);
        return socket;
    }

    private async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(ClientWebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[4096];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, _limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return (part.MessageType, message.ToArray());
    }
}
