using Sampan.Proxy.Nftables;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>nftables in memory, as strict as the kernel: a batch that names what is absent, or leaves a dangling jump, fails whole.</summary>
internal sealed class FakeNftables : INftables
{
    private readonly Lock _lock = new();

    public Dictionary<string, FakeTable> Tables { get; private set; } = [];

    public List<string> Batches { get; } = [];

    /// <summary>When set, the next batch fails with it.</summary>
    public string? FailNext { get; set; }

    public Task ApplyAsync(string commands, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Batches.Add(commands);
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw new NftablesException(failure);
            }

            var next = Tables.ToDictionary(t => t.Key, t => t.Value.Clone());
            foreach (string line in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Run(next, line);
            foreach (var table in next.Values) CheckJumps(table);
            Tables = next;
            return Task.CompletedTask;
        }
    }

    public Task<string> ListAsync(string command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            string[] words = command.Split(' ');
            string name = $"{words[^2]} {words[^1]}";
            if (words is ["list", "chains", var family])
                return Task.FromResult(string.Join('\n', Tables.Where(t => t.Key.StartsWith(family + " ")).SelectMany(t => t.Value.Chains.Keys)));
            return Tables.TryGetValue(name, out var table)
                ? Task.FromResult(string.Join('\n', table.Chains.Keys))
                : throw new NftablesException("No such file or directory");
        }
    }

    public void Dispose()
    {
    }

    private static void Run(Dictionary<string, FakeTable> tables, string line)
    {
        string[] words = line.Split(' ');
        string name = $"{words[2]} {words[3]}";
        switch (words[0], words[1])
        {
            case ("add", "table"):
                tables.TryAdd(name, new FakeTable());
                return;
            case ("delete", "table"):
                Must(tables.Remove(name), line);
                return;
        }

        Must(tables.TryGetValue(name, out var table), line);
        RunInTable(table!, words, line);
    }

    private static void RunInTable(FakeTable table, string[] words, string line)
    {
        string name = words[4];
        switch (words[0], words[1])
        {
            case ("add", "chain"):
                table.Chains.TryAdd(name, []);
                break;
            case ("flush", "set"):
                Must(table.Maps.ContainsKey(name), line);
                table.Maps[name].Clear();
                break;
            case ("flush", "chain"):
                Must(table.Chains.ContainsKey(name), line);
                table.Chains[name].Clear();
                break;
            case ("delete", "chain"):
                Must(table.Chains.Remove(name), line);
                break;
            case ("add", "rule"):
                Must(table.Chains.ContainsKey(name), line);
                table.Chains[name].Add(string.Join(' ', words[5..]));
                break;
            case ("add", "map" or "set"):
                table.Maps.TryAdd(name, []);
                break;
            case ("delete", "map" or "set"):
                Must(table.Maps.Remove(name), line);
                break;
            case (var verb, "element"):
                Must(table.Maps.ContainsKey(name), line);
                Elements(table.Maps[name], verb == "add", line);
                break;
            default:
                throw new NftablesException($"unknown command: {line}");
        }
    }

    private static void Elements(Dictionary<string, string> map, bool add, string line)
    {
        string body = line[(line.IndexOf('{') + 1)..line.LastIndexOf('}')];
        foreach (string element in body.Split(", ", StringSplitOptions.TrimEntries))
        {
            // IPv6 keys hold colons, so the value begins at a colon between spaces.
            string[] parts = element.Split(" : ", 2);
            string key = parts[0].Split(" comment ", 2)[0].Trim();
            string value = parts.Length == 2 ? parts[1].Trim() : "";
            if (add) Must(map.TryAdd(key, value) || map[key] == value, $"{line}: {key} exists");
            else Must(map.Remove(key), $"{line}: {key} does not exist");
        }
    }

    private static void CheckJumps(FakeTable table)
    {
        var verdicts = table.Maps.Values.SelectMany(m => m.Values).Concat(table.Chains.Values.SelectMany(r => r));
        foreach (string verdict in verdicts)
        {
            string[] words = verdict.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i + 1 < words.Length; i++)
            {
                if (words[i] is "goto" or "jump") Must(table.Chains.ContainsKey(words[i + 1]), $"jump to absent chain {words[i + 1]}");
                if (words[i].StartsWith('@')) Must(table.Maps.ContainsKey(words[i][1..]), $"absent set {words[i]}");
            }
        }
    }

    private static void Must(bool condition, string line)
    {
        if (!condition) throw new NftablesException($"No such file or directory: {line}");
    }
}
