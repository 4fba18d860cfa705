using System.Diagnostics;

namespace Sampan.Load;

/// <summary>One scenario: clients that send the next request when the last one is answered.</summary>
internal sealed class Load(Connections connections, int clients, int requests, TimeSpan time)
{
    private readonly List<long> _ticks = [];
    private int _next = -1;
    private long _bytes;

    /// <summary>Sends requests 0, 1, 2, … until one of the bounds is reached.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> RunAsync(string name, Func<int, HttpRequestMessage> request, Report report, CancellationToken ct)
    {
        var lanes = Enumerable.Range(0, clients).Select(number => connections[number]).ToList();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(lanes.Select(lane => Task.Run(() => LaneAsync(lane, request, began, ct), ct)));
        report.Add(name, Stopwatch.GetElapsedTime(began), _ticks, _bytes);
        return _ticks.Count;
    }

    private async Task LaneAsync(HttpClient client, Func<int, HttpRequestMessage> request, long began, CancellationToken ct)
    {
        var ticks = new List<long>();
        var bytes = 0L;
        while (Stopwatch.GetElapsedTime(began) < time && Interlocked.Increment(ref _next) is var number && number < requests)
        {
            using var message = request(number);
            message.Version = client.DefaultRequestVersion;
            var sent = Stopwatch.GetTimestamp();
            bytes += await SendAsync(client, message, ct);
            ticks.Add(Stopwatch.GetTimestamp() - sent);
        }

        lock (_ticks)
        {
            _ticks.AddRange(ticks);
            _bytes += bytes;
        }
    }

    private static async Task<long> SendAsync(HttpClient client, HttpRequestMessage message, CancellationToken ct)
    {
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{message.Method} {message.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}");
        }

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 << 10);
        var total = 0L;
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0; total += read)
        {
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return total;
    }
}
