using System.Diagnostics;
using System.Text;

namespace Sampan.Load;

/// <summary>Watchers that count the events they see of new ConfigMaps.</summary>
internal sealed class FanOut(Connections connections, string path, int watchers, int events)
{
    private static readonly byte[] Added = Encoding.UTF8.GetBytes("\"type\":\"ADDED\"");
    private const int Lanes = 10;
    private readonly int[] _seen = new int[watchers];

    public async Task RunAsync(Func<CancellationToken, Task> write, TimeSpan limit, Report report, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var open = new CountdownEvent(watchers);
        var streams = Enumerable.Range(0, watchers).Select(number => WatchAsync(connections[number % Lanes], number, open, stop.Token)).ToList();
        await Task.Run(() => open.Wait(ct), ct);
        var began = Stopwatch.GetTimestamp();
        await write(ct);
        var written = Stopwatch.GetElapsedTime(began);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (_seen.Sum() < watchers * events && Stopwatch.GetElapsedTime(began) < limit) await clock.WaitForNextTickAsync(ct);
        var elapsed = Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        report.Add($"watch, {watchers} watchers: events", _seen.Sum(), elapsed, $"{events} writes in {written.TotalSeconds:0.0} s; {watchers * events - _seen.Sum()} events missing");
    }

    private async Task WatchAsync(HttpClient client, int number, CountdownEvent open, CancellationToken ct)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path) { Version = client.DefaultRequestVersion };
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
            response.EnsureSuccessStatusCode();
            open.Signal();
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            await CountAsync(body, number, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    // An event that is cut by the end of the buffer is counted with the next bytes.
    private async Task CountAsync(Stream body, int number, CancellationToken ct)
    {
        var buffer = new byte[64 << 10];
        var kept = 0;
        for (int read; (read = await body.ReadAsync(buffer.AsMemory(kept), ct)) > 0;)
        {
            var text = buffer.AsSpan(0, kept + read);
            for (int at; (at = text.IndexOf(Added)) >= 0; text = text[(at + Added.Length)..]) _seen[number]++;
            kept = Math.Min(text.Length, Added.Length - 1);
            text[^kept..].CopyTo(buffer);
        }
    }
}
