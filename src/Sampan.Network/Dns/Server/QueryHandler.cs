using System.Diagnostics;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Search;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Dns.Server;

/// <summary>
/// Answers one query: from the zone, from the cache, or from upstream. The first two are done at once and allocate nothing;
/// the third takes copies of what it needs, since the caller's buffers go on to the next query.
/// </summary>
internal sealed class QueryHandler(ClusterZone zone, Forwarder forwarder, SearchPaths paths, DnsMetrics metrics)
{
    /// <summary>Room that a caller must give for keys.</summary>
    public const int KeySize = DnsName.MaxLength + 8;

    /// <summary>
    /// Writes the answer to <paramref name="answer"/> and returns its length; 0 when there is none; -1 when
    /// <see cref="ForwardAsync(ReadOnlyMemory{byte},Memory{byte},bool,ClientAddress)"/> must be asked.
    /// </summary>
    /// <param name="packet">The query.</param>
    /// <param name="key">At least <see cref="KeySize"/> bytes for the handler's use.</param>
    /// <param name="answer">Receives the answer.</param>
    /// <param name="udp">Whether the client said, or left open, how much it can take.</param>
    /// <param name="client">Who asks.</param>
    public int TryAnswer(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, bool udp, ClientAddress client = default)
    {
        long start = Stopwatch.GetTimestamp();
        if (!DnsQuery.TryRead(packet, key.Span, out var query)) return 0;
        int length = Answer(packet, key, answer, query, udp ? query.UdpSize : 0, client, out var source);
        if (length > 0) metrics.Answered(start, query, packet.Length, answer[..length], udp, client.IsV6, source);
        return length;
    }

    /// <summary>Writes the answer to a query that neither the zone nor the cache could answer in full.</summary>
    public async ValueTask<int> ForwardAsync(ReadOnlyMemory<byte> packet, Memory<byte> answer, bool udp, ClientAddress client = default)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] key = new byte[KeySize];
        if (!DnsQuery.TryRead(packet.Span, key, out var query)) return 0;
        int limit = udp ? query.UdpSize : 0;
        int length = AskZone(packet.Span, key, answer.Span, query, out byte[]? alias) switch
        {
            ZoneAnswer.Alias => await ResolveAliasAsync(packet, key, answer, query, alias!, limit),
            ZoneAnswer.NotOurs => await ForwardAsync(packet, key, answer, query, limit),
            _ => await SearchAsync(packet, key, answer, query, client, limit),
        };
        metrics.Answered(start, query, packet.Length, answer.Span[..length], udp, client.IsV6, AnswerSource.Upstream);
        return length;
    }

    private int Answer(
        ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit, ClientAddress client, out AnswerSource source)
    {
        source = AnswerSource.Zone;
        if (query.Error != ResponseCode.NoError) return DnsResponse.Empty(answer, packet, query, query.Error);
        if (!query.IsInternet || query.IsTransfer) return DnsResponse.Empty(answer, packet, query, ResponseCode.Refused);
        var response = new DnsResponse(answer, packet, query, limit);
        var result = zone.TryAnswer(query, key[..query.NameLength], ref response, out var code, out _);
        if (result == ZoneAnswer.Complete)
        {
            return code == ResponseCode.NameError && Search(packet, key, answer, query, limit, client) is { } found ? found : response.Finish(code);
        }

        if (result == ZoneAnswer.Alias) return -1;
        if (!query.RecursionDesired) return DnsResponse.Empty(answer, packet, query, ResponseCode.Refused);
        source = AnswerSource.Cache;
        int keyLength = Forwarder.WriteKey(query, key.Span);
        if (forwarder.FindCached(key[..keyLength], out uint age) is not { } cached)
        {
            metrics.CacheMisses.Increment();
            return -1;
        }

        metrics.CacheHits.Increment();
        return cached.Write(answer, packet, query, age, limit);
    }

    /// <summary>Goes on along the client's search path as far as the zone knows; null when nothing more will be found.</summary>
    private int? Search(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit, ClientAddress client)
    {
        foreach (byte[] name in paths.After(client, query, key[..query.NameLength]))
        {
            if (!zone.MayExist(name)) continue;
            byte[] rewritten = new byte[answer.Length];
            var response = new DnsResponse(rewritten, packet, query, limit);
            if (zone.AddAlias(query, name, ref response, out var code, out _) == ZoneAnswer.Alias) return -1;
            int length = response.Finish(code);
            rewritten.AsSpan(0, length).CopyTo(answer);
            return length;
        }

        return null;
    }

    private ZoneAnswer AskZone(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, out byte[]? alias)
    {
        var response = new DnsResponse(answer, packet, query, 0);
        return zone.TryAnswer(query, key[..query.NameLength], ref response, out _, out alias);
    }

    private async ValueTask<int> ForwardAsync(
        ReadOnlyMemory<byte> packet, byte[] key, Memory<byte> answer, DnsQuery query, int limit)
    {
        int keyLength = Forwarder.WriteKey(query, key);
        var found = await forwarder.AskAsync(key[..keyLength], packet.Span, query);
        return found?.Write(answer.Span, packet.Span, query, 0, limit)
            ?? DnsResponse.Empty(answer.Span, packet.Span, query, ResponseCode.ServerFailure);
    }

    /// <summary>Answers with the aliases inside the cluster and, behind them, what upstream knows about the last.</summary>
    private async ValueTask<int> ResolveAliasAsync(
        ReadOnlyMemory<byte> packet, byte[] key, Memory<byte> answer, DnsQuery query, byte[] alias, int limit)
    {
        var (found, age) = await LookUpAsync(packet, query, alias);
        return Complete(packet.Span, key, answer.Span, query, limit, found, age);
    }

    /// <summary>
    /// Asks along the client's search path until a name exists, which the answer then shows as an alias. When none does, or nobody
    /// can say, the name that was asked for does not exist, and the client goes on by itself.
    /// </summary>
    private async ValueTask<int> SearchAsync(
        ReadOnlyMemory<byte> packet, byte[] key, Memory<byte> answer, DnsQuery query, ClientAddress client, int limit)
    {
        foreach (byte[] name in paths.After(client, query, key.AsMemory(0, query.NameLength)))
        {
            if (!zone.MayExist(name)) continue;
            if (Outside(packet.Span, answer.Span, query, name) is not { } outside) return WriteAlias(packet.Span, answer.Span, query, limit, name, null, 0);
            var (found, age) = await LookUpAsync(packet, query, outside);
            if (found?.Code == ResponseCode.NameError) continue;
            if (found?.Code != ResponseCode.NoError) break;
            return WriteAlias(packet.Span, answer.Span, query, limit, name, found, age);
        }

        return Absent(packet.Span, key, answer.Span, query, limit);
    }

    private async ValueTask<(UpstreamAnswer? Found, uint Age)> LookUpAsync(ReadOnlyMemory<byte> packet, DnsQuery query, byte[] name)
    {
        byte[] question = AliasQuestion.Build(packet.Span, query, name), key = new byte[KeySize];
        if (!DnsQuery.TryRead(question, key, out var aliasQuery)) return default;
        key = key[..Forwarder.WriteKey(aliasQuery, key)];
        if (forwarder.FindCached(key, out uint age) is { } cached)
        {
            metrics.CacheHits.Increment();
            return (cached, age);
        }

        metrics.CacheMisses.Increment();
        return (await forwarder.AskAsync(key, question, aliasQuery), 0);
    }

    private byte[]? Outside(ReadOnlySpan<byte> packet, Span<byte> answer, in DnsQuery query, byte[] name)
    {
        var response = new DnsResponse(answer, packet, query, 0);
        zone.AddAlias(query, name, ref response, out _, out byte[]? outside);
        return outside;
    }

    private int WriteAlias(
        ReadOnlySpan<byte> packet, Span<byte> answer, in DnsQuery query, int limit, byte[] name, UpstreamAnswer? found, uint age)
    {
        var response = new DnsResponse(answer, packet, query, limit);
        zone.AddAlias(query, name, ref response, out var code, out _);
        AddAnswers(ref response, found, age);
        return response.Finish(code);
    }

    private int Absent(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit)
    {
        var response = new DnsResponse(answer, packet, query, limit);
        zone.TryAnswer(query, key[..query.NameLength], ref response, out var code, out _);
        return response.Finish(code);
    }

    private int Complete(
        ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit, UpstreamAnswer? found, uint age)
    {
        var response = new DnsResponse(answer, packet, query, limit);
        zone.TryAnswer(query, key[..query.NameLength], ref response, out var code, out _);
        if (found is null) return response.Finish(ResponseCode.ServerFailure);
        AddAnswers(ref response, found, age);
        return response.Finish(code == ResponseCode.NoError ? found.Code : code);
    }

    private static void AddAnswers(ref DnsResponse response, UpstreamAnswer? found, uint age)
    {
        foreach (byte[] record in found?.ExpandAnswers(age) ?? [])
        {
            if (!response.AddAnswers(record, 1)) break;
        }
    }
}
