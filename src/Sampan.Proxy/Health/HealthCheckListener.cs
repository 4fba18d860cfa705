using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Proxy.Compile;

namespace Sampan.Proxy.Health;

/// <summary>
/// Answers every HTTP request on one port with the health of one Service: 200 while the node has endpoints of it, else 503.
/// The answer does not depend on the request, so that nothing of it is read but its end.
/// </summary>
internal sealed class HealthCheckListener : IDisposable
{
    private const int MaxRequest = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly List<TcpListener> _listeners = [];
    private readonly Func<bool> _isHealthy;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private volatile LocalHealth _health;

    /// <param name="health">What is told at first.</param>
    /// <param name="addresses">Where; null for all addresses of both IP families.</param>
    /// <param name="isHealthy">Whether the proxy itself is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">An address is taken.</exception>
    public HealthCheckListener(LocalHealth health, IReadOnlyCollection<IPAddress>? addresses, Func<bool> isHealthy, TimeProvider time)
    {
        (_health, _isHealthy, _time) = (health, isHealthy, time);
        try
        {
            if (addresses is null) Listen(TcpListener.Create(health.Port));
            else foreach (var address in addresses) Listen(new TcpListener(address, health.Port));
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }
    }

    public LocalHealth Health
    {
        get => _health;
        set => _health = value;
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var listener in _listeners) listener.Dispose();
        _stop.Dispose();
    }

    private void Listen(TcpListener listener)
    {
        _listeners.Add(listener);
        listener.Start();
        _ = AcceptAsync(listener, _stop.Token);
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptSocketAsync(cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The listener was closed.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using (client)
            {
                if (!await ReadRequestAsync(client, both.Token)) return;
                await client.SendAsync(Answer(), both.Token);
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The client went away or said nothing.
        }
    }

    private static async Task<bool> ReadRequestAsync(Socket client, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxRequest];
        int length = 0;
        while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = await client.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return false;
            length += read;
        }

        return length < buffer.Length;
    }

    private byte[] Answer()
    {
        var health = _health;
        bool proxyHealthy = _isHealthy();
        var code = health.LocalEndpoints > 0 && proxyHealthy ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable;
        string body = new JsonObject
        {
            ["service"] = new JsonObject { ["namespace"] = health.Service.Namespace, ["name"] = health.Service.Name },
            ["localEndpoints"] = health.LocalEndpoints,
            ["serviceProxyHealthy"] = proxyHealthy,
        }.ToJsonString();
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(int)code} {(code == HttpStatusCode.OK ? "OK" : "Service Unavailable")}\r\n"
            + $"Content-Type: application/json\r\nX-Content-Type-Options: nosniff\r\n"
            + $"X-Load-Balancing-Endpoint-Weight: {health.LocalEndpoints}\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
    }
}
