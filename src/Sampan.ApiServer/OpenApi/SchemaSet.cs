using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The schemas of one document: what its operations name, and all that those refer to.</summary>
internal sealed class SchemaSet
{
    private static readonly Dictionary<string, TypeSchema> ByName = Kinds.Typed.Select(k => k.Schema).Append(TypeSchema.Of<ListMeta>()).Append(TypeSchema.Of<WatchEvent>()).Append(TypeSchema.Of<VersionInfo>())
        .DistinctBy(s => s.Name).ToDictionary(s => s.Name);

    private readonly SortedDictionary<string, TypeSchema?> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeSchema> _lists = [];
    private readonly Dictionary<string, List<GroupVersionKind>> _kinds = [];

    public int Count => _schemas.Count;

    /// <summary>Adds a schema by its name, such as one of a kind, of its list, or of a primitive.</summary>
    public void Add(string name)
    {
        if (_schemas.ContainsKey(name))
            return;
        if (ByName.TryGetValue(name, out var type))
            Add(type);
        else if (name.EndsWith("List", StringComparison.Ordinal) && ByName.TryGetValue(name[..^4], out var item))
            AddList(name, item);
        else
            _schemas[name] = null;
    }

    /// <summary>Says that objects of the schema have a kind; options and events have one for each group and version.</summary>
    public void AddKind(string name, GroupVersionKind kind)
    {
        if (!_kinds.TryGetValue(name, out var kinds))
            _kinds[name] = kinds = [];
        if (!kinds.Contains(kind))
            kinds.Add(kind);
    }

    /// <summary>Writes all schemas as an object.</summary>
    public void Write(Utf8JsonWriter writer, OpenApiFlavor flavor)
    {
        var schemas = new SchemaWriter(writer, flavor, KindsOf);
        writer.WriteStartObject();
        foreach (var (name, type) in _schemas)
        {
            writer.WritePropertyName(name);
            if (type is not null)
                schemas.Write(type);
            else if (_lists.TryGetValue(name, out var item))
                schemas.WriteList(name, item);
            else if (!PrimitiveSchemas.TryWrite(writer, name, flavor))
                throw new InvalidOperationException($"no schema {name}");
        }

        writer.WriteEndObject();
    }

    private void Add(TypeSchema type)
    {
        if (!_schemas.TryAdd(type.Name, type))
            return;
        foreach (var field in type.Fields)
        {
            if (field.Object is { } reference)
                Add(reference);
            else if (SchemaNames.Of(field.Type) is { } name)
                Add(name);
        }
    }

    private void AddList(string name, TypeSchema item)
    {
        _schemas[name] = null;
        _lists[name] = item;
        Add(item);
        Add(SchemaNames.ListMeta);
    }

    private List<GroupVersionKind> KindsOf(string name)
    {
        if (_kinds.TryGetValue(name, out var kinds))
            return kinds;
        var isList = _lists.TryGetValue(name, out var item);
        var kind = KindsByName.GetValueOrDefault(isList ? item!.Name : name);
        if (kind is null)
            return [];
        return [isList ? kind.GroupVersionKind with { Kind = kind.ListKind } : kind.GroupVersionKind];
    }

    private static Dictionary<string, KindInfo> KindsByName { get; } =
        Kinds.Typed.DistinctBy(k => k.Schema.Name).ToDictionary(k => k.Schema.Name);
}
