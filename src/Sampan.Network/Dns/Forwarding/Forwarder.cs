using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>
/// Asks the host's name servers, one after the other until one answers, beginning with the one that answered last. Equal
/// questions at the same time become one, which also ends a loop that leads back to us: it waits for itself and times out.
/// </summary>
internal sealed class Forwarder(
    Func<IReadOnlyList<IPEndPoint>> servers, AnswerCache cache, DnsMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    private const int MaxConcurrent = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, Task<UpstreamAnswer?>> _running = new(DnsNameComparer.Instance);
    private readonly CancellationTokenSource _stop = new();
    private int _concurrent;
    private int _preferred;

    /// <summary>What identifies a question in the cache: name, type, class and the flags that change the answer.</summary>
    public static int WriteKey(in DnsQuery query, Span<byte> key)
    {
        int length = query.NameLength;
        key[length] = (byte)((ushort)query.Type >> 8);
        key[length + 1] = (byte)query.Type;
        key[length + 2] = (byte)query.Class;
        key[length + 3] = (byte)((query.DnssecOk ? 1 : 0) | (query.CheckingDisabled ? 2 : 0));
        return length + 4;
    }

    public UpstreamAnswer? FindCached(ReadOnlyMemory<byte> key, out uint age) => cache.Find(key, out age);

    /// <summary>The answer; null when no server gave one in time, or too many questions are under way.</summary>
    public Task<UpstreamAnswer?> AskAsync(byte[] key, ReadOnlySpan<byte> packet, in DnsQuery query)
    {
        if (_running.TryGetValue(key, out var running)) return running;
        if (Volatile.Read(ref _concurrent) >= MaxConcurrent) return Task.FromResult<UpstreamAnswer?>(null);
        byte[] question = Upstream.Question(packet, query);
        int end = query.QuestionEnd;
        var source = new TaskCompletionSource<UpstreamAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        running = _running.GetOrAdd(key, source.Task);
        if (running == source.Task) _ = RunAsync(key, question, end, source);
        return running;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(byte[] key, byte[] question, int end, TaskCompletionSource<UpstreamAnswer?> source)
    {
        Interlocked.Increment(ref _concurrent);
        UpstreamAnswer? answer = null;
        try
        {
            answer = await AskServersAsync(question, end);
            if (answer is not null) cache.Add(key, answer);
        }
        catch (Exception e)
        {
            log.LogError(e, "Forwarding a DNS query failed");
        }
        finally
        {
            Interlocked.Decrement(ref _concurrent);
            _running.TryRemove(key, out _);
            source.SetResult(answer);
        }
    }

    private async Task<UpstreamAnswer?> AskServersAsync(byte[] question, int end)
    {
        var all = servers();
        int first = Volatile.Read(ref _preferred);
        UpstreamAnswer? refusal = null;
        for (int i = 0; i < all.Count; i++)
        {
            int index = (first + i) % all.Count;
            if (await TryAskAsync(all[index], question, end) is not { } answer) continue;
            if (answer.Code is ResponseCode.ServerFailure or ResponseCode.Refused)
            {
                refusal = answer;
                continue;
            }

            Volatile.Write(ref _preferred, index);
            return answer;
        }

        return refusal;
    }

    private async Task<UpstreamAnswer?> TryAskAsync(IPEndPoint server, byte[] question, int end)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        try
        {
            metrics.Forwarded.Increment();
            return await Upstream.AskAsync(server, question, end, both.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
        {
            metrics.ForwardFailures.Increment();
            log.LogDebug("Name server {Server} did not answer: {Problem}", server, e.Message);
            return null;
        }
    }
}
