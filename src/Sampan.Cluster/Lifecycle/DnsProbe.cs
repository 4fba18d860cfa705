using System.Net;
using System.Net.Sockets;

namespace Sampan.Cluster.Lifecycle;

/// <summary>Asks a DNS server for <c>kubernetes.default.svc.cluster.local</c>, once.</summary>
internal static class DnsProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    // Header: id 0x5a5a, recursion desired, one question. Question: the name, type A, class IN.
    private static readonly byte[] Query =
    [
        0x5a, 0x5a, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        10, .. "kubernetes"u8, 7, .. "default"u8, 3, .. "svc"u8, 7, .. "cluster"u8, 5, .. "local"u8, 0, 0, 1, 0, 1,
    ];

    /// <summary>Whether it answered without an error and with at least one record.</summary>
    public static async Task<bool> AnswersAsync(string address, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var answer = new byte[512];
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), 53, both.Token);
            await socket.SendAsync(Query, both.Token);
            var length = await socket.ReceiveAsync(answer, both.Token);
            return length > 12 && (answer[3] & 0xf) == 0 && (answer[6] | answer[7]) != 0;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
