using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Network.Dns.Server;

namespace Sampan.Benchmarks.Dns;

/// <summary>
/// The DNS server over UDP, asked by a process of its own. The rate that counts is that for a second of the server's processor
/// time: it says what a core of its own would do, whatever else the machine has to do.
/// </summary>
internal static class DnsRun
{
    private const int Window = 64, Clients = 4;

    /// <param name="arguments">How many seconds each measurement takes, 5 unless said; or what this process tells the one that asks.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["ask", var port, var seconds, var clients, var window])
            return Ask(Number(port), Number(seconds), Number(clients), Number(window));
        string duration = arguments.Length > 0 ? arguments[0] : "5";
        using var stop = new CancellationTokenSource();
        using var server = new UdpServer(new IPEndPoint(IPAddress.Loopback, 0), DnsWorld.Handler(), NullLogger.Instance);
        server.Bind();
        _ = server.RunAsync(stop.Token);
        await MeasureAsync(server, "warm-up", "2", Clients, Window);
        await MeasureAsync(server, "one after the other", duration, 1, 1);
        await MeasureAsync(server, $"{Clients} clients, {Window} questions in flight each", duration, Clients, Window);
        await stop.CancelAsync();
        return 0;
    }

    private static async Task MeasureAsync(UdpServer server, string name, string seconds, int clients, int window)
    {
        using var own = Process.GetCurrentProcess();
        var before = own.TotalProcessorTime;
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] said = (await OutputAsync(program, "dns", "ask", $"{server.LocalAddress.Port}", seconds, $"{clients}", $"{window}")).Split(' ');
        own.Refresh();
        double processor = (own.TotalProcessorTime - before).TotalSeconds, count = double.Parse(said[0], CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {count / Number(seconds):0} a second, {count / processor:0} for a second of the server's processor, p50 {said[1]} ms, p99 {said[2].Trim()} ms"));
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("The asking process failed.");
    }

    /// <summary>Asks the three questions in turn, and prints how many answers came, and how long they took.</summary>
    private static int Ask(int port, int seconds, int clients, int window)
    {
        var results = new List<double>[clients];
        var threads = Enumerable.Range(0, clients).Select(i => new Thread(() => results[i] = AskInTurn(port, seconds, window))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var all = results.SelectMany(r => r).ToList();
        all.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} {all[all.Count / 2]:0.000} {all[all.Count * 99 / 100]:0.000}"));
        return 0;
    }

    private static List<double> AskInTurn(int port, int seconds, int window)
    {
        byte[][] questions = [DnsWorld.Service, DnsWorld.Absent, DnsWorld.Cached];
        byte[] answer = new byte[512];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 1000 };
        socket.Connect(IPAddress.Loopback, port);
        var latencies = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long sent = Stopwatch.GetTimestamp();
            for (int i = 0; i < window; i++) socket.Send(questions[(latencies.Count + i) % questions.Length]);
            for (int i = 0; i < window; i++)
            {
                socket.Receive(answer);
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }

        return latencies;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
