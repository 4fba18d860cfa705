using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Metrics;
using Sampan.Proxy.Health;
using Sampan.Tests;

namespace Sampan.Proxy.Tests.Health;

public sealed class PatientServerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _address;

    public PatientServerTests()
    {
        _other.Start();
        _address = (IPEndPoint)_other.LocalEndpoint;
    }

    public void Dispose() => _other.Dispose();

    [Fact]
    public async Task Start_AddressTaken_ServesOnceItIsFree()
    {
        var server = Server(hardFail: false);
        await server.StartAsync(default);
        _other.Stop();
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await AnswerAsync(http, limit.Token) != "ok") _time.Advance(TimeSpan.FromSeconds(5));
        await server.StopAsync(default);
    }

    [Fact]
    public async Task Stop_WhileTheAddressIsTaken_Ends()
    {
        var server = Server(hardFail: false);
        await server.StartAsync(default);
        await server.StopAsync(default);
    }

    [Fact]
    public async Task Start_AddressTakenAndThatIsAnError_Fails() =>
        await Assert.ThrowsAsync<IOException>(() => Server(hardFail: true).StartAsync(default));

    private PatientServer Server(bool hardFail) => new(
        _address, a => new HealthServer(new HealthServerOptions(a.Address, a.Port), new MetricRegistry()), hardFail, _time, NullLogger.Instance);

    private async Task<string> AnswerAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://{_address}/healthz"), cancellationToken);
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            return "";
        }
    }
}
