using System.Net;
using Sampan.Proxy.Model;
using Sampan.Proxy.Tests.Fakes;

namespace Sampan.Proxy.Tests.Policies;

/// <summary>
/// Walks the first packet of a connection through the tables of policies. It fails on words it does not know, so that a rule
/// is never taken for one that does not match.
/// </summary>
internal sealed class PolicyWalk(Dictionary<string, FakeTable> tables, Packet packet)
{
    private readonly FakeTable _table = tables[$"{IPFamilies.Of(packet.Source).Nft()} sampan-policy"];

    public bool Allowed() => Chain("egress") != "drop" && Chain("ingress") != "drop";

    private string Chain(string name)
    {
        foreach (string rule in _table.Chains[name])
        {
            string verdict = Rule(new Queue<string>(rule.Split(' ')));
            if (verdict != "continue") return verdict;
        }

        return "continue";
    }

    private string Rule(Queue<string> words)
    {
        while (words.TryDequeue(out string? word))
        {
            switch (word)
            {
                case "accept" or "drop":
                    return word;
                case "jump" or "goto":
                    string verdict = Chain(words.Dequeue());
                    return verdict == "continue" && word == "goto" ? "accept" : verdict;
                case "ct" when words.Peek() == "mark":
                    return "continue";
                case "ct":
                    // Neither an answer nor an error.
                    return "continue";
                case "icmpv6":
                    return "continue";
                default:
                    if (Match(word, words) is { } result) return result;
                    break;
            }
        }

        return "continue";
    }

    /// <summary>Null when the rule goes on.</summary>
    private string? Match(string word, Queue<string> words)
    {
        if (Key(word, words) is not { } key) return "continue";
        string next = words.Dequeue();
        if (next == "vmap")
            return _table.Maps[words.Dequeue()[1..]].TryGetValue(key, out string? verdict) ? Rule(new Queue<string>(verdict.Split(' '))) : "continue";
        bool matches = next.StartsWith('@') ? _table.Maps[next[1..]].ContainsKey(key)
            : next == "{" ? Body(words).Any(range => InRange(range, key)) : next == key;
        return matches ? null : "continue";
    }

    /// <summary>The packet's fields joined by dots; null when it has no such field.</summary>
    private string? Key(string word, Queue<string> words)
    {
        var parts = new List<string?> { Field(word, words.Dequeue()) };
        while (words.Peek() == ".")
        {
            words.Dequeue();
            parts.Add(Field(words.Dequeue(), words.Dequeue()));
        }

        return parts.Contains(null) ? null : string.Join(" . ", parts);
    }

    private string? Field(string word, string field) => (word, field) switch
    {
        ("ip" or "ip6", "saddr") => $"{packet.Source}",
        ("ip" or "ip6", "daddr") => $"{packet.Destination}",
        ("meta", "l4proto") => packet.Protocol.Nft(),
        ("tcp" or "udp" or "sctp", "dport") => word == packet.Protocol.Nft() ? $"{packet.Port}" : null,
        var unknown => throw new InvalidOperationException($"unknown expression {unknown}"),
    };

    private static string[] Body(Queue<string> words)
    {
        var text = new List<string>();
        for (string word = words.Dequeue(); word != "}"; word = words.Dequeue()) text.Add(word);
        return string.Join(' ', text).Split(", ");
    }

    private static bool InRange(string range, string key)
    {
        string[] ends = range.Split('-');
        if (int.TryParse(key, out int port)) return port >= int.Parse(ends[0]) && port <= int.Parse(ends[^1]);
        byte[] address = IPAddress.Parse(key).GetAddressBytes();
        return address.AsSpan().SequenceCompareTo(IPAddress.Parse(ends[0]).GetAddressBytes()) >= 0
            && address.AsSpan().SequenceCompareTo(IPAddress.Parse(ends[^1]).GetAddressBytes()) <= 0;
    }
}
