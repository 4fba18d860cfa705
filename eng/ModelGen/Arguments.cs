namespace ModelGen;

/// <summary>An attribute's arguments: what is false, null or empty is left out.</summary>
internal sealed class Arguments(string positional)
{
    private string _text = positional;

    public void Add(string name, bool value)
    {
        if (value)
        {
            AddRaw(name, "true");
        }
    }

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            AddRaw(name, ClassWriter.Quote(value));
        }
    }

    public void Add(string name, List<string> values)
    {
        if (values.Count > 0)
        {
            AddRaw(name, $"[{string.Join(", ", values.Select(ClassWriter.Quote))}]");
        }
    }

    public void AddRaw(string name, string value) => _text += $", {name} = {value}";

    public override string ToString() => _text;
}
