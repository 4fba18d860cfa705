using System.Net;
using System.Net.Sockets;
using System.Text;
using Sampan.Client.Streaming;

namespace Sampan.Client.Tests.Streaming;

public sealed class UpgradeClientTests
{
    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task SendAsync_Switched_KeepsBytesThatCameWithTheHead()
    {
        using var server = new OneShotServer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\n\r\nabc");
        await using var response = await UpgradeClient.SendAsync(server.Target, "POST", "/exec?x=1", [new("Upgrade", "SPDY/3.1")], Limit);

        var body = new byte[3];
        await response.Body.ReadExactlyAsync(body, Limit);
        Assert.True(response.IsSwitched);
        Assert.Equal("SPDY/3.1", response.Header("upgrade"));
        Assert.Equal("abc"u8.ToArray(), body);
        Assert.StartsWith("POST /exec?x=1 HTTP/1.1\r\nHost: 127.0.0.1:", await server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Refused_GivesTheStatus()
    {
        using var server = new OneShotServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        await using var response = await UpgradeClient.SendAsync(server.Target, "GET", "/", [], Limit);
        Assert.False(response.IsSwitched);
        Assert.Equal(403, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-x\r\n\r\n")]
    [InlineData("HTTP/1.1 101")]
    public async Task SendAsync_NotHttp_SaysSo(string answer)
    {
        using var server = new OneShotServer(answer);
        await Assert.ThrowsAsync<IOException>(() => UpgradeClient.SendAsync(server.Target, "GET", "/", [], Limit));
    }

    [Fact]
    public async Task SendAsync_HeaderWithLineBreak_IsRefused()
    {
        using var server = new OneShotServer("");
        await Assert.ThrowsAsync<FormatException>(() => UpgradeClient.SendAsync(server.Target, "GET", "/", [new("a", "b\r\nc: d")], Limit));
    }

    private sealed class OneShotServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OneShotServer(string answer)
        {
            _listener.Start();
            Request = ServeAsync(answer);
        }

        public UpgradeTarget Target => new(_listener.LocalEndpoint);
        public Task<string> Request { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string> ServeAsync(string answer)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var buffer = new byte[4096];
            var read = await client.GetStream().ReadAsync(buffer);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer));
            return Encoding.Latin1.GetString(buffer, 0, read);
        }
    }
}
