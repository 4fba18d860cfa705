using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sampan.Benchmarks.Proxy;

/// <summary>Opens connections one after the other from several clients, with a question and an answer on each.</summary>
internal static class ConnectionLoad
{
    private const int Clients = 8;

    public static async Task<(double PerSecond, List<double> Milliseconds)> RunAsync(IPEndPoint server, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => ClientAsync(server, start, duration))));
        var all = results.SelectMany(r => r).ToList();
        return (all.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, all);
    }

    private static async Task<List<double>> ClientAsync(IPEndPoint server, long start, TimeSpan duration)
    {
        var latencies = new List<double>();
        byte[] buffer = [1];
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            long began = Stopwatch.GetTimestamp();
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            // Closed with a reset, so that the ports of past connections are free at once.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            await socket.ConnectAsync(server);
            await socket.SendAsync(buffer);
            await socket.ReceiveAsync(buffer);
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return latencies;
    }
}
