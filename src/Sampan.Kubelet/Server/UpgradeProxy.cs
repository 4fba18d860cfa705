using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sampan.Kubelet.Server;

/// <summary>
/// Joins a client's upgrade request to the runtime's streaming server and then copies bytes, whatever the protocol:
/// <code>
/// API server ──Upgrade: SPDY/3.1──► kubelet ──same head, runtime's path──► runtime
///            ◄──101───────────────         ◄──101──────────────────────
///            ◄═══════════ bytes both ways, half-close passed on ═══════►
/// </code>
/// </summary>
internal static class UpgradeProxy
{
    public static async Task RunAsync(HttpContext context, Uri target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
        await using var backend = new NetworkStream(socket);
        await backend.WriteAsync(Encoding.ASCII.GetBytes(RequestHead(context.Request, target)), cancellationToken);
        var (head, rest) = await ReadHeadAsync(backend, cancellationToken);
        var status = CopyHead(head, context.Response);
        if (status != StatusCodes.Status101SwitchingProtocols || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            await RelayFailureAsync(context, status, rest, backend, cancellationToken);
            return;
        }

        await using var client = await upgrade.UpgradeAsync();
        await client.WriteAsync(rest, cancellationToken);
        await JoinAsync(client, backend, socket, cancellationToken);
    }

    /// <summary>A client that ends its half is passed on; the session ends when the runtime ends its half.</summary>
    private static async Task JoinAsync(Stream client, Stream backend, Socket socket, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(client, backend, socket, stop.Token);
        try
        {
            await backend.CopyToAsync(client, stop.Token);
            await client.FlushAsync(stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Either side went away: the session is over.
        }

        await stop.CancelAsync();
        await sending;
    }

    private static async Task SendAsync(Stream client, Stream backend, Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await client.CopyToAsync(backend, cancellationToken);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private static string RequestHead(HttpRequest request, Uri target)
    {
        var head = new StringBuilder($"{request.Method} {target.PathAndQuery} HTTP/1.1\r\nHost: {target.Authority}\r\n");
        foreach (var (name, values) in request.Headers)
        {
            if (name is "Host" or "Authorization" || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return head.Append("\r\n").ToString();
    }

    private static async Task<(string Head, ReadOnlyMemory<byte> Body)> ReadHeadAsync(Stream backend, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await backend.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                throw new IOException("the runtime's streaming server closed the connection without an answer");
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return (Encoding.ASCII.GetString(buffer, 0, end), buffer.AsMemory(end + 4, length - end - 4));
            }
        }

        throw new IOException("the runtime's streaming server sent too long a head");
    }

    private static int CopyHead(string head, HttpResponse response)
    {
        var lines = head.Split("\r\n");
        var status = lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, out var number) ? number : StatusCodes.Status502BadGateway;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !line.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers.Append(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return status;
    }

    private static async Task RelayFailureAsync(
        HttpContext context, int status, ReadOnlyMemory<byte> rest, Stream backend, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        var left = (context.Response.ContentLength ?? rest.Length) - rest.Length;
        await context.Response.Body.WriteAsync(rest, cancellationToken);
        var buffer = new byte[4096];
        while (left > 0 && await backend.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken) is var read and > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }
}
