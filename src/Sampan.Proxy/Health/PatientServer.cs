using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Client.Metrics;

namespace Sampan.Proxy.Health;

/// <summary>Serves health and metrics as soon as their address can be had: Services do not wait for that.</summary>
internal sealed class PatientServer(IPEndPoint address, Func<IPEndPoint, HealthServer> create, bool hardFail, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private Task _trying = Task.CompletedTask;
    private HealthServer? _server;

    /// <exception cref="IOException">The address is taken, and that is to be an error.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryStartAsync(cancellationToken)) return;
        _trying = Task.Run(() => TryAgainAsync(_stop.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _trying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server is { } server) await server.StopAsync(cancellationToken);
        _stop.Dispose();
    }

    private async Task TryAgainAsync(CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(Retry, time, cancellationToken);
        }
        while (!await TryStartAsync(cancellationToken));
    }

    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        var server = create(address);
        try
        {
            await server.StartAsync(cancellationToken);
            _server = server;
            return true;
        }
        catch (Exception e) when (!hardFail && e is (IOException or SocketException))
        {
            log.LogError("Health and metrics cannot be served on {Address}: {Problem}; next attempt in {Delay}", address, e.Message, Retry);
            await server.StopAsync(CancellationToken.None);
            return false;
        }
    }
}
