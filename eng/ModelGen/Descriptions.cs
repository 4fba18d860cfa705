namespace ModelGen;

/// <summary>The hand-written sentences of descriptions.txt.</summary>
internal sealed class Descriptions
{
    private readonly Dictionary<string, string> _sentences = [];

    public static Descriptions Load(string path)
    {
        Descriptions descriptions = new();
        foreach (string line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            descriptions._sentences[line[..colon]] = line[(colon + 2)..];
        }

        return descriptions;
    }

    public string? Find(ModelType type, string? field = null)
    {
        string[] parts = type.SchemaName.Split('.');
        string tail = field is null ? type.Name : $"{type.Name}.{field}";
        return _sentences.GetValueOrDefault(tail) ?? _sentences.GetValueOrDefault($"{parts[^2]}.{tail}") ?? _sentences.GetValueOrDefault($"{parts[^3]}.{tail}");
    }
}
