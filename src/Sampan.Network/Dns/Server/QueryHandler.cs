using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Zone;

namespace Sampan.Network.Dns.Server;

/// <summary>
/// Answers one query: from the zone, from the cache, or from upstream. The first two are done at once and allocate nothing;
/// the third takes copies of what it needs, since the caller's buffers go on to the next query.
/// </summary>
internal sealed class QueryHandler(ClusterZone zone, Forwarder forwarder, DnsMetrics metrics)
{
    /// <summary>Room that a caller must give for keys.</summary>
    public const int KeySize = DnsName.MaxLength + 8;

    /// <summary>
    /// Writes the answer to <paramref name="answer"/> and returns its length; 0 when there is none; -1 when
    /// <see cref="ForwardAsync"/> must be asked.
    /// </summary>
    /// <param name="packet">The query.</param>
    /// <param name="key">At least <see cref="KeySize"/> bytes for the handler's use.</param>
    /// <param name="answer">Receives the answer.</param>
    /// <param name="udp">Whether the client said, or left open, how much it can take.</param>
    public int TryAnswer(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, bool udp)
    {
        if (!DnsQuery.TryRead(packet, key.Span, out var query)) return 0;
        int length = Answer(packet, key, answer, query, udp ? query.UdpSize : 0);
        if (length > 0) metrics.Answered(answer);
        return length;
    }

    /// <summary>Writes the answer to a query that neither the zone nor the cache could answer in full.</summary>
    public async ValueTask<int> ForwardAsync(ReadOnlyMemory<byte> packet, Memory<byte> answer, bool udp)
    {
        byte[] key = new byte[KeySize];
        if (!DnsQuery.TryRead(packet.Span, key, out var query)) return 0;
        int limit = udp ? query.UdpSize : 0;
        byte[]? alias = FindAlias(packet.Span, key, answer.Span, query);
        int length = alias is null
            ? await ForwardAsync(packet, key, answer, query, limit)
            : await ResolveAliasAsync(packet, key, answer, query, alias, limit);
        metrics.Answered(answer.Span);
        return length;
    }

    private int Answer(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit)
    {
        if (query.Error != ResponseCode.NoError) return DnsResponse.Empty(answer, packet, query, query.Error);
        if (!query.IsInternet) return DnsResponse.Empty(answer, packet, query, ResponseCode.Refused);
        var response = new DnsResponse(answer, packet, query, limit);
        var result = zone.TryAnswer(query, key[..query.NameLength], ref response, out var code, out _);
        if (result == ZoneAnswer.Complete) return response.Finish(code);
        if (result == ZoneAnswer.Alias) return -1;
        if (!query.RecursionDesired) return DnsResponse.Empty(answer, packet, query, ResponseCode.Refused);
        int keyLength = Forwarder.WriteKey(query, key.Span);
        if (forwarder.FindCached(key[..keyLength], out uint age) is not { } cached) return -1;
        metrics.CacheHits.Increment();
        return cached.Write(answer, packet, query, age, limit);
    }

    private byte[]? FindAlias(ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query)
    {
        var response = new DnsResponse(answer, packet, query, 0);
        zone.TryAnswer(query, key[..query.NameLength], ref response, out _, out byte[]? alias);
        return alias;
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
        byte[] question = AliasQuestion.Build(packet.Span, query, alias);
        byte[] aliasKey = new byte[KeySize];
        var found = DnsQuery.TryRead(question, aliasKey, out var aliasQuery)
            ? await forwarder.AskAsync(aliasKey[..Forwarder.WriteKey(aliasQuery, aliasKey)], question, aliasQuery)
            : null;
        return Complete(packet.Span, key, answer.Span, query, limit, found);
    }

    private int Complete(
        ReadOnlySpan<byte> packet, Memory<byte> key, Span<byte> answer, in DnsQuery query, int limit, UpstreamAnswer? found)
    {
        var response = new DnsResponse(answer, packet, query, limit);
        zone.TryAnswer(query, key[..query.NameLength], ref response, out var code, out _);
        if (found is null) return response.Finish(ResponseCode.ServerFailure);
        foreach (byte[] record in found.ExpandAnswers())
        {
            if (!response.AddAnswers(record, 1)) break;
        }

        return response.Finish(code == ResponseCode.NoError ? found.Code : code);
    }
}
