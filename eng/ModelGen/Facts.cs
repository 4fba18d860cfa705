namespace ModelGen;

/// <summary>The hand-kept facts of facts.txt.</summary>
internal sealed class Facts
{
    private readonly Dictionary<(string Kind, string Type, string Field), bool> _used = [];

    public List<(string Package, string Name, string? GroupVersion)> ExtraTypes { get; } = [];

    public IEnumerable<string> Unused => _used.Where(p => !p.Value).Select(p => $"{p.Key.Type}: {p.Key.Field} ({p.Key.Kind})");

    public static Facts Load(string path)
    {
        Facts facts = new();
        foreach (string line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            facts.Add(line);
        }

        return facts;
    }

    /// <summary>Whether the fact is stated for the type, plain or narrowed by its group or version.</summary>
    public bool Has(string kind, ModelType type, string field)
    {
        string[] parts = type.SchemaName.Split('.');
        string[] names = [type.Name, $"{parts[^2]}.{type.Name}", $"{parts[^3]}.{type.Name}"];
        bool found = false;
        foreach (string name in names.Where(name => _used.ContainsKey((kind, name, field))))
        {
            _used[(kind, name, field)] = found = true;
        }

        return found;
    }

    private void Add(string line)
    {
        string[] words = line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "type")
        {
            ExtraTypes.Add((words[1], words[2], words.Length > 3 ? words[3] : null));
            return;
        }

        foreach (string field in words.Skip(2))
        {
            _used[(words[0], words[1], field)] = false;
        }
    }
}
