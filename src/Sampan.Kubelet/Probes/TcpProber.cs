using System.Net.Sockets;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Probes;

/// <summary>Connects to a container; a connection is success.</summary>
internal sealed class TcpProber(TimeProvider time)
{
    public async Task<ProbeOutcome> ProbeAsync(
        Container container, TCPSocketAction action, IReadOnlyList<string> podIPs, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (ProbePorts.Resolve(action.Port, container) is not { } port)
        {
            return ProbeOutcome.Error($"couldn't resolve port \"{action.Port}\" of container {container.Name}");
        }

        var host = action.Host is { Length: > 0 } own ? own : podIPs.FirstOrDefault() ?? "";
        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
        using var limit = new CancellationTokenSource(timeout, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, joined.Token);
            return ProbeOutcome.Success();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeOutcome.Failure($"dial tcp {authority}: i/o timeout");
        }
        catch (SocketException e)
        {
            return ProbeOutcome.Failure(Explain(e, authority));
        }
    }

    /// <summary>A failed connection in the words that users of Kubernetes know.</summary>
    public static string Explain(SocketException e, string authority) => $"dial tcp {authority}: " + e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connect: connection refused",
        SocketError.HostUnreachable => "connect: no route to host",
        SocketError.NetworkUnreachable => "connect: network is unreachable",
        SocketError.TimedOut => "i/o timeout",
        _ => e.Message,
    };
}
