using System.Globalization;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>
/// Walks a packet through the rules of a fake table. It knows only the words that the proxy's rules use and fails on others,
/// so that a rule it does not understand is never taken for one that does not match.
/// </summary>
internal sealed class PacketEvaluator(FakeTable table, IReadOnlySet<IPAddress> localAddresses)
{
    private const string Accept = "accept";

    public PacketVerdict Evaluate(Packet packet)
    {
        var results = Enumerable.Range(0, 24).Select(chance => new Walk(this, packet, chance).Run()).ToList();
        var first = results[0];
        return first.Kind == "dnat" ? PacketVerdict.To(results.Select(r => r.Targets), first.Masquerade) : first;
    }

    /// <summary>
    /// What may become of a packet that is on its way while the rules change to the next ones: the change comes after each of its
    /// looks in turn. As the kernel does, it goes through the chains of the moment at which it met the hook, and looks into the
    /// sets and maps of the moment at which it looks.
    /// </summary>
    public IEnumerable<PacketVerdict> EvaluateDuring(FakeTable next, Packet packet)
    {
        foreach (int chance in Enumerable.Range(0, 6))
        {
            for (int moment = 0, last = int.MaxValue; moment < last; moment++)
            {
                var walk = new Walk(this, packet, chance) { Next = next, ChangesAt = moment };
                yield return walk.Run();
                last = walk.Looks;
            }
        }
    }

    /// <summary>Where the same client's next connection may go, once its first one is remembered.</summary>
    public IReadOnlyList<string> TargetsOfTheNext(Packet packet)
    {
        var first = new Walk(this, packet, 7);
        first.Run();
        foreach (var (set, client) in first.Remembered) table.Maps[set][client] = "";
        var targets = Enumerable.Range(0, 24).Select(chance => new Walk(this, packet, chance).Run().Targets).Distinct().ToList();
        foreach (var (set, client) in first.Remembered) table.Maps[set].Remove(client);
        return targets;
    }

    private sealed class Walk(PacketEvaluator owner, Packet packet, int chance)
    {
        private FakeTable _chains = owner.Table;
        private IPAddress _destination = packet.Destination;
        private int _port = packet.Port;
        private uint _mark;
        private bool _masquerade;
        private string? _target;
        private bool _isOld;

        /// <summary>The rules after a change; null when nothing changes.</summary>
        public FakeTable? Next { get; init; }

        /// <summary>Before which look the rules change.</summary>
        public int ChangesAt { get; init; }

        /// <summary>How often the packet met a hook or a map.</summary>
        public int Looks { get; private set; }

        /// <summary>The sets that the packet's source was entered in.</summary>
        public List<(string Set, string Client)> Remembered { get; } = [];

        public PacketVerdict Run()
        {
            string[] hooks = packet.FromNode
                ? ["filter-output", "nat-output", "filter-output-after-dnat"]
                : ["filter-prerouting", "nat-prerouting", "filter-forward"];
            foreach (string hook in hooks)
            {
                _chains = Look();
                string verdict = Chain(hook);
                if (verdict == "drop") return PacketVerdict.Drop;
                if (verdict == "reject") return PacketVerdict.Reject;
            }

            _chains = Look();
            Chain("nat-postrouting");
            return _target is null ? PacketVerdict.Pass : new PacketVerdict("dnat", _target, _masquerade);
        }

        private FakeTable Look() => Looks++ >= ChangesAt && Next is { } next ? next : owner.Table;

        private Dictionary<string, string> Map(string name)
        {
            var table = Look();
            return Next is null ? table.Maps[name] : table.Maps.GetValueOrDefault(name) ?? owner.Table.Maps[name];
        }

        /// <summary>A chain that is made by the change is empty for who began before it.</summary>
        private List<string> Rules(string name) => Next is null ? _chains.Chains[name] : _chains.Chains.GetValueOrDefault(name) ?? [];

        private string Chain(string name)
        {
            foreach (string rule in Rules(name))
            {
                _isOld = Next is { } next && _chains != next && next.Chains.GetValueOrDefault(name)?.Contains(rule) != true;
                string verdict = Rule(new Queue<string>(rule.Split(' ')));
                if (verdict == "return") return "continue";
                if (verdict != "continue") return verdict;
            }

            return "continue";
        }

        /// <summary>A rule's verdict, or "continue"; what "goto" gives is final for the chain.</summary>
        private string Rule(Queue<string> words)
        {
            while (words.Count > 0)
            {
                string word = words.Dequeue();
                switch (word)
                {
                    case "jump":
                        return Chain(words.Dequeue());
                    case "goto":
                        string verdict = Chain(words.Dequeue());
                        return verdict == "continue" ? "return" : verdict;
                    case "return" or "drop" or "reject":
                        return word;
                    case "masquerade":
                        _masquerade = true;
                        return Accept;
                    case "dnat":
                        return Dnat(words);
                    case "update":
                        Remembered.Add((words.Dequeue()[1..], packet.Source.ToString()));
                        Skip(words, 4);
                        break;
                    default:
                        if (Match(word, words) is { } final) return final;
                        break;
                }
            }

            return "continue";
        }

        private string? Match(string word, Queue<string> words)
        {
            switch (word)
            {
                case "ct":
                    Skip(words, 2);
                    return null;
                case "iifname":
                    bool negated = words.Peek() == "!=";
                    if (negated) words.Dequeue();
                    bool fromPods = words.Dequeue() == "\"pods*\"" && World.IsLocalPod(packet.Source) && !packet.FromNode;
                    return fromPods != negated ? null : "continue";
                case "fib":
                    var address = words.Dequeue() == "saddr" ? packet.Source : _destination;
                    Skip(words, 2);
                    bool local = owner.IsLocal(address) || (packet.FromNode && ReferenceEquals(address, packet.Source));
                    return local ? null : "continue";
                case "meta" when words.Peek() == "mark":
                    return Mark(words);
                default:
                    return Lookup(word, words);
            }
        }

        private string? Mark(Queue<string> words)
        {
            words.Dequeue();
            if (words.Peek() == "set")
            {
                Skip(words, 3);
                string op = words.Dequeue();
                uint value = Number(words.Dequeue());
                _mark = op == "|" ? _mark | value : _mark & value;
                return null;
            }

            Skip(words, 1);
            uint masked = _mark & Number(words.Dequeue());
            Skip(words, 1);
            return masked != Number(words.Dequeue()) ? null : "continue";
        }

        /// <summary>An expression (fields and numgen joined by dots) followed by what it is compared with or looked up in.</summary>
        private string? Lookup(string word, Queue<string> words)
        {
            string key = Expression(word, words);
            string next = words.Dequeue();
            switch (next)
            {
                case "vmap":
                    // The elements of a rule's own map go with the rule, even for who is in it.
                    bool named = words.Peek().StartsWith('@');
                    if (!named && Look() == Next && _isOld) return "continue";
                    string? verdict = named
                        ? Map(words.Dequeue()[1..]).GetValueOrDefault(key)
                        : Anonymous(words).Select(e => e.Split(" : ")).FirstOrDefault(e => e[0] == key)?[1];
                    return verdict is null ? "continue" : Rule(new Queue<string>(verdict.Split(' ')));
                case "!=":
                    return In(key, words) ? "continue" : null;
                default:
                    return In(key, next, words) ? null : "continue";
            }
        }

        private bool In(string key, Queue<string> words) => In(key, words.Dequeue(), words);

        private bool In(string key, string next, Queue<string> words) =>
            next.StartsWith('@') ? Map(next[1..]).ContainsKey(key)
            : next == "{" ? Body(words).Any(r => Contains(r, key))
            : Contains(next, key);

        private static bool Contains(string range, string key) =>
            range.Contains('/') ? IPNetwork.Parse(range).Contains(IPAddress.Parse(key)) : range == key;

        private static List<string> Anonymous(Queue<string> words)
        {
            words.Dequeue();
            return Body(words);
        }

        private static List<string> Body(Queue<string> words)
        {
            var text = new List<string>();
            for (string word = words.Dequeue(); word != "}"; word = words.Dequeue()) text.Add(word);
            return [.. string.Join(' ', text).Split(", ")];
        }

        private string Expression(string word, Queue<string> words)
        {
            var parts = new List<string> { Field(word, words) };
            while (words.Count > 0 && words.Peek() == ".")
            {
                words.Dequeue();
                parts.Add(Field(words.Dequeue(), words));
            }

            return string.Join(" . ", parts);
        }

        private string Field(string word, Queue<string> words) => (word, words.Dequeue()) switch
        {
            ("ip" or "ip6", "saddr") => packet.Source.ToString(),
            ("ip" or "ip6", "daddr") => _destination.ToString(),
            ("meta", "l4proto") => packet.Protocol.Nft(),
            ("th", "dport") => _port.ToString(CultureInfo.InvariantCulture),
            ("tcp" or "udp" or "sctp", "dport") when word == packet.Protocol.Nft() => _port.ToString(CultureInfo.InvariantCulture),
            ("numgen", "random") => Chance(words),
            var unknown => throw new InvalidOperationException($"unknown expression {unknown}"),
        };

        private string Chance(Queue<string> words)
        {
            words.Dequeue();
            return (chance % (int)Number(words.Dequeue())).ToString(CultureInfo.InvariantCulture);
        }

        private string Dnat(Queue<string> words)
        {
            if (words.Dequeue() != "to") words.Dequeue();
            string? target = words.Count == 1 ? words.Dequeue() : Mapped(words);
            if (target is null) return Next is null ? throw new InvalidOperationException("no endpoint of that index") : "continue";
            Assert.Null(_target);
            _target = target.Replace("[", "").Replace("]", "");
            int colon = _target.LastIndexOf(':');
            _destination = IPAddress.Parse(_target[..colon]);
            _port = int.Parse(_target[(colon + 1)..]);
            return Accept;
        }

        private string? Mapped(Queue<string> words)
        {
            string key = Expression(words.Dequeue(), words);
            words.Dequeue();
            return Map(words.Dequeue()[1..]).GetValueOrDefault(key)?.Replace(" . ", ":");
        }

        private static void Skip(Queue<string> words, int count)
        {
            for (int i = 0; i < count; i++) words.Dequeue();
        }

        private static uint Number(string text) =>
            text.StartsWith("0x") ? uint.Parse(text[2..], NumberStyles.HexNumber) : uint.Parse(text);
    }

    private FakeTable Table => table;

    private bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address) || localAddresses.Contains(address);
}
