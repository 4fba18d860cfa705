using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Health;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Health;

public sealed class HealthCheckNodePortsTests : IDisposable
{
    private static readonly ServiceKey Web = new("default", "web");
    private readonly HealthCheckNodePorts _ports = new([], () => true, TimeProvider.System, NullLogger.Instance);
    private readonly int _port = FreePort();

    public void Dispose() => _ports.Dispose();

    [Theory]
    [InlineData(2, "HTTP/1.1 200 OK")]
    [InlineData(0, "HTTP/1.1 503 Service Unavailable")]
    public async Task Get_LocalEndpoints_Decide(int endpoints, string status)
    {
        _ports.Change([Rules(_port, 1)]);
        _ports.Change([Rules(_port, endpoints)]);
        string answer = await GetAsync();
        Assert.StartsWith(status, answer);
        Assert.EndsWith(
            $$$"""{"service":{"namespace":"default","name":"web"},"localEndpoints":{{{endpoints}}},"serviceProxyHealthy":true}""", answer);
    }

    [Fact]
    public async Task Replace_ServiceGone_ClosesItsPort()
    {
        _ports.Change([Rules(_port, 1)]);
        _ports.Replace([]);
        await Assert.ThrowsAsync<SocketException>(GetAsync);
    }

    [Fact]
    public async Task Change_PortTaken_LeavesTheOthersAlone()
    {
        _ports.Change([Rules(_port, 1), Rules(_port, 5) with { Service = new ServiceKey("default", "zzz") }]);
        Assert.Contains("\"localEndpoints\":1", await GetAsync());
    }

    [Fact]
    public async Task Change_NodePortAddressesGiven_ListensThereAlone()
    {
        using var ports = new HealthCheckNodePorts([IPNetwork.Parse("127.0.0.0/8")], () => true, TimeProvider.System, NullLogger.Instance);
        ports.Change([Rules(_port, 1)]);
        Assert.Contains("\"localEndpoints\":1", await GetAsync());
        using var elsewhere = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => elsewhere.ConnectAsync(IPAddress.Parse("127.0.0.2"), _port));
    }

    [Fact]
    public async Task Change_NoAddressInTheRanges_ListensNowhere()
    {
        using var ports = new HealthCheckNodePorts([IPNetwork.Parse("203.0.113.0/24")], () => true, TimeProvider.System, NullLogger.Instance);
        ports.Change([Rules(_port, 1)]);
        await Assert.ThrowsAsync<SocketException>(GetAsync);
    }

    private static ServiceRules Rules(int port, int endpoints) => ServiceRules.None(Web) with
    {
        Health = new LocalHealth(Web, port, endpoints),
    };

    private async Task<string> GetAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: node\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
