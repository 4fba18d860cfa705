using System.Globalization;
using System.Net;
using System.Text;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>Answers queries from the snapshot of the zone, without allocating.</summary>
internal sealed class ClusterZone
{
    private const int MaxAliases = 8;
    private readonly ZoneTable _table;
    private readonly ZoneOptions _options;
    private readonly byte[] _domain;
    private readonly byte[] _podDomain;
    private readonly byte[] _authority;
    private readonly (IPNetwork Network, byte[] Authority)[] _ranges;
    private uint _turn;

    public ClusterZone(ZoneTable table, ZoneOptions options)
    {
        _table = table;
        _options = options;
        _domain = DnsName.Parse(options.Domain);
        _podDomain = DnsName.Parse($"pod.{options.Domain}");
        _authority = StartOfAuthority(options, _domain);
        _ranges = [.. options.Ranges.Select(range => (range, StartOfAuthority(options, ReverseName.Of(range))))];
    }

    /// <summary>Until the zone is filled, nobody may learn that a name does not exist.</summary>
    public bool IsReady { get; set; }

    public static byte[] StartOfAuthority(ZoneOptions options, byte[] owner) => DnsRecordWriter.StartOfAuthority(
        owner,
        DnsName.Parse($"ns.dns.{options.Domain}"),
        DnsName.Parse($"hostmaster.{options.Domain}"),
        options.TimeToLive,
        serial: 1);

    /// <param name="query">The query.</param>
    /// <param name="name">Its name as a key.</param>
    /// <param name="response">Receives the records.</param>
    /// <param name="code">The code of a complete answer.</param>
    /// <param name="alias">The name outside the cluster that the query's stands for.</param>
    public ZoneAnswer TryAnswer(
        in DnsQuery query, ReadOnlyMemory<byte> name, ref DnsResponse response, out ResponseCode code, out byte[]? alias)
    {
        var snapshot = _table.Current;
        var entry = snapshot.Find(name);
        code = ResponseCode.NoError;
        alias = null;
        var set = entry?.Find(query.Type);
        byte[]? authority = IsOurs(name.Span) ? _authority : set is null ? AuthorityOfAddress(name.Span) : null;
        if (authority is null && set is null) return ZoneAnswer.NotOurs;
        if (!IsReady)
        {
            code = ResponseCode.ServerFailure;
            return ZoneAnswer.Complete;
        }

        response.Authoritative();
        if (entry?.Alias is { } target) return Follow(snapshot, query, target, ref response, out code, out alias);
        if (set is not null) AddSet(set, ref response);
        else code = AddRest(snapshot, query, name, DnsRecordWriter.Question, entry, authority!, ref response);
        return ZoneAnswer.Complete;
    }

    /// <summary>False for a name of the cluster that has no entry.</summary>
    public bool MayExist(byte[] name) => !IsOurs(name) || _table.Current.Find(name) is not null;

    /// <summary>Answers with an alias from the question's name to another, and with what the zone knows about that.</summary>
    public ZoneAnswer AddAlias(in DnsQuery query, byte[] target, ref DnsResponse response, out ResponseCode code, out byte[]? alias)
    {
        response.Authoritative();
        return Follow(_table.Current, query, target, ref response, out code, out alias);
    }

    private bool IsOurs(ReadOnlySpan<byte> name) => DnsName.IsIn(name, _domain);

    /// <summary>Who speaks for a reverse name: this server for addresses of pods and Services, null for others.</summary>
    private byte[]? AuthorityOfAddress(ReadOnlySpan<byte> name)
    {
        if (ReverseName.TryRead(name) is not { } address) return null;
        foreach (var (network, authority) in _ranges)
        {
            if (network.Contains(address)) return authority;
        }

        return null;
    }

    /// <summary>Follows an alias as long as it stays in the cluster. The answer's code is that of the last name.</summary>
    private ZoneAnswer Follow(
        ZoneSnapshot snapshot, in DnsQuery query, byte[] target, ref DnsResponse response, out ResponseCode code, out byte[]? alias)
    {
        code = ResponseCode.NoError;
        alias = null;
        byte[] owner = DnsRecordWriter.Question;
        for (int i = 0; i < MaxAliases; i++)
        {
            response.AddAnswers(DnsRecordWriter.Name(owner, RecordType.Cname, _options.TimeToLive, target), 1);
            if (query.Type == RecordType.Cname) return ZoneAnswer.Complete;
            if (!IsOurs(target))
            {
                alias = target;
                return ZoneAnswer.Alias;
            }

            var entry = snapshot.Find(target);
            if (entry?.Alias is not { } next)
            {
                if (entry?.Find(query.Type) is { } set) AddOwned(set, target, ref response);
                else code = AddRest(snapshot, query, target, target, entry, _authority, ref response);
                return ZoneAnswer.Complete;
            }

            (owner, target) = (target, next);
        }

        return ZoneAnswer.Complete;
    }

    /// <summary>Adds records whose owner is another than the question's name: their pointers are replaced by it.</summary>
    private static void AddOwned(RecordSet set, byte[] owner, ref DnsResponse response)
    {
        int at = 0;
        for (int i = 0; i < set.Count; i++)
        {
            int fixedPart = at + DnsRecordWriter.Question.Length;
            int length = 10 + ((set.Records[fixedPart + 8] << 8) | set.Records[fixedPart + 9]);
            byte[] record = [.. owner, .. set.Records.AsSpan(fixedPart, length)];
            response.AddAnswers(record, 1);
            at = fixedPart + length;
        }
    }

    private void AddSet(RecordSet set, ref DnsResponse response)
    {
        if (set.RecordSize > 0)
            response.AddRotated(set.Records, set.RecordSize, (int)(Interlocked.Increment(ref _turn) % (uint)set.Count));
        else if (!response.AddAnswers(set.Records, set.Count))
            return;
        if (set.AdditionalCount > 0) response.AddAdditionals(set.Additionals, set.AdditionalCount);
    }

    /// <summary>Answers for a name without records of the type that was asked for: a pod's, or a denial with who denies it.</summary>
    private ResponseCode AddRest(
        ZoneSnapshot snapshot, in DnsQuery query, ReadOnlyMemory<byte> name, byte[] owner, NameEntry? entry, byte[] authority, ref DnsResponse response)
    {
        if (entry is null && AddPod(snapshot, query, name, owner, ref response)) return ResponseCode.NoError;
        response.AddAuthority(authority);
        return entry is null ? ResponseCode.NameError : ResponseCode.NoError;
    }

    /// <summary>Answers <c>10-244-0-5.default.pod.cluster.local</c>, which says its address itself.</summary>
    private bool AddPod(ZoneSnapshot snapshot, in DnsQuery query, ReadOnlyMemory<byte> name, byte[] owner, ref DnsResponse response)
    {
        if (!DnsName.IsIn(name.Span, _podDomain)) return false;
        int label = name.Span[0];
        var parent = name[(label + 1)..];
        if (parent.Length <= _podDomain.Length || snapshot.Find(parent) is null) return false;
        if (Address(name.Span.Slice(1, label)) is not { } address) return false;
        if (query.Type == DnsRecordWriter.TypeOf(address))
            response.AddAnswers(DnsRecordWriter.Address(owner, address, _options.TimeToLive), 1);
        else
            response.AddAuthority(_authority);
        return true;
    }

    private static IPAddress? Address(ReadOnlySpan<byte> label)
    {
        string text = Encoding.ASCII.GetString(label);
        if (text.AsSpan().Count('-') == 3 && !text.Contains("--", StringComparison.Ordinal) && text.All(c => char.IsAsciiDigit(c) || c == '-'))
        {
            byte[] bytes = new byte[4];
            string[] parts = text.Split('-');
            for (int i = 0; i < 4; i++)
            {
                if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
            }

            return new IPAddress(bytes);
        }

        return IPAddress.TryParse(text.Replace('-', ':'), out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address : null;
    }
}
