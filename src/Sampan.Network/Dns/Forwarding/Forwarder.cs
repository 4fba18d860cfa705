using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>
/// Asks the name servers that the rules name, or the host's, one after the other until one answers. Equal
/// questions at the same time become one, which also ends a loop that leads back to us: it waits for itself and times out.
/// </summary>
internal sealed class Forwarder(
    Func<IReadOnlyList<IPEndPoint>> servers, AnswerCache cache, DnsMetrics metrics, TimeProvider time, ILogger log) : IDisposable
{
    private const int MaxConcurrent = 1000, KeyFlags = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, Task<UpstreamAnswer?>> _running = new(DnsNameComparer.Instance);
    private readonly CancellationTokenSource _stop = new();
    private int _concurrent;
    private readonly ServerGroup _host = new(servers);
    private volatile ForwardRules _rules = ForwardRules.None;

    /// <summary>What identifies a question in the cache: name, type, class and the flags that change the answer.</summary>
    public static int WriteKey(in DnsQuery query, Span<byte> key)
    {
        int length = query.NameLength;
        key[length] = (byte)((ushort)query.Type >> 8);
        key[length + 1] = (byte)query.Type;
        key[length + 2] = (byte)query.Class;
        key[length + 3] = (byte)((query.DnssecOk ? 1 : 0) | (query.CheckingDisabled ? 2 : 0));
        return length + KeyFlags;
    }

    /// <summary>Forwards by other rules from now on; what others said is forgotten.</summary>
    public void Use(ForwardRules rules)
    {
        _rules = rules;
        cache.Clear();
    }

    public UpstreamAnswer? FindCached(ReadOnlyMemory<byte> key, out uint age) => cache.Find(key, out age);

    /// <summary>The answer; null when no server gave one in time, or too many questions are under way.</summary>
    public Task<UpstreamAnswer?> AskAsync(byte[] key, ReadOnlySpan<byte> packet, in DnsQuery query)
    {
        if (_running.TryGetValue(key, out var running)) return running;
        if (Volatile.Read(ref _concurrent) >= MaxConcurrent)
        {
            metrics.Rejected.Increment();
            return Task.FromResult<UpstreamAnswer?>(null);
        }

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
            var group = _rules.Find(key.AsMemory(0, key.Length - KeyFlags)) ?? _host;
            answer = await AskServersAsync(group, question, end);
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

    private async Task<UpstreamAnswer?> AskServersAsync(ServerGroup group, byte[] question, int end)
    {
        UpstreamAnswer? refusal = null;
        foreach (var server in group.InOrder())
        {
            if (await TryAskAsync(server, question, end) is not { } answer) continue;
            if (answer.Code is ResponseCode.ServerFailure or ResponseCode.Refused)
            {
                refusal = answer;
                continue;
            }

            group.Prefer(server);
            return answer;
        }

        return refusal;
    }

    private async Task<UpstreamAnswer?> TryAskAsync(IPEndPoint server, byte[] question, int end)
    {
        long start = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        try
        {
            var answer = await Upstream.AskAsync(server, question, end, both.Token);
            metrics.Forwarded(start, $"{server}", answer?.Code);
            return answer;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
        {
            metrics.Forwarded(start, $"{server}", null);
            log.LogDebug("Name server {Server} did not answer: {Problem}", server, e.Message);
            return null;
        }
    }
}
