using System.Runtime.InteropServices;
using System.Text.Json;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Compares two versions of an object in one walk. Subtrees with the same bytes are passed over, so that the cost follows the size of
/// the change; the encoder's fixed order of fields makes equal subtrees equal bytes.
/// </summary>
internal sealed class TreeComparer
{
    private readonly FieldSetBuilder _added = new();
    private readonly FieldSetBuilder _modified = new();
    private readonly FieldSetBuilder _removed = new();
    private readonly List<PathElement> _path = [];

    private TreeComparer()
    {
    }

    /// <summary>The difference beside the fields at or below <paramref name="ignored"/>.</summary>
    public static TreeDifference Compare(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> next, IStructure structure, FieldSet ignored)
    {
        using var before = JsonDocument.Parse(old, JsonTexts.DocumentOptions);
        using var after = JsonDocument.Parse(next, JsonTexts.DocumentOptions);
        return Compare(before.RootElement, after.RootElement, structure, ignored);
    }

    public static TreeDifference Compare(JsonElement old, JsonElement next, IStructure structure, FieldSet ignored)
    {
        var comparer = new TreeComparer();
        comparer.Properties(old, next, structure, ignored);
        return new TreeDifference(comparer._added.Build(), comparer._modified.Build(), comparer._removed.Build());
    }

    private void Visit(PathElement step, JsonElement old, JsonElement next, IStructure? structure, FieldSet? ignored)
    {
        _path.Add(step);
        if (IsLeaf(old, next, structure))
        {
            Leaf(old, next);
        }
        else
        {
            Inner(old, next, structure, ignored);
        }
        _path.RemoveAt(_path.Count - 1);
    }

    private void Inner(JsonElement old, JsonElement next, IStructure? structure, FieldSet? ignored)
    {
        if ((next.IsNothing() ? old : next).ValueKind == JsonValueKind.Array)
        {
            Items(old, next, structure!);
        }
        else
        {
            Properties(old, next, structure, ignored);
        }
        if (old.IsAbsent())
        {
            _added.Insert(Path);
        }
        else if (next.IsAbsent())
        {
            _removed.Insert(Path);
        }
    }

    private ReadOnlySpan<PathElement> Path => CollectionsMarshal.AsSpan(_path);

    private void Leaf(JsonElement old, JsonElement next)
    {
        if (old.IsAbsent())
        {
            _added.Insert(Path);
        }
        else if (next.IsAbsent())
        {
            _removed.Insert(Path);
        }
        else if (!JsonElement.DeepEquals(old, next))
        {
            _modified.Insert(Path);
        }
    }

    private static bool IsLeaf(JsonElement old, JsonElement next, IStructure? structure)
    {
        var kind = (next.IsNothing() ? old : next).ValueKind;
        if (!old.IsNothing() && !next.IsNothing() && old.ValueKind != next.ValueKind)
        {
            return true;
        }
        return kind switch
        {
            JsonValueKind.Object => structure is { MapType: "atomic" } or { Shape: StructureShape.Scalar } || (old.IsEmpty() && next.IsEmpty()),
            JsonValueKind.Array => !ListElements.IsAssociative(structure) || (old.IsEmpty() && next.IsEmpty()),
            _ => true,
        };
    }

    private void Properties(JsonElement old, JsonElement next, IStructure? structure, FieldSet? ignored)
    {
        var matched = 0;
        if (next.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in next.EnumerateObject())
            {
                var before = Find(old, property);
                matched += before.IsAbsent() ? 0 : 1;
                Property(property, before, property.Value, structure, ignored);
            }
        }
        if (old.ValueKind != JsonValueKind.Object || matched == old.GetPropertyCount())
        {
            return;
        }
        foreach (var property in old.EnumerateObject())
        {
            if (Find(next, property).IsAbsent())
            {
                Property(property, property.Value, default, structure, ignored);
            }
        }
    }

    private void Property(JsonProperty property, JsonElement old, JsonElement next, IStructure? structure, FieldSet? ignored)
    {
        if (!old.IsAbsent() && !next.IsAbsent() && JsonTexts.SameText(old, next))
        {
            return;
        }
        var skip = ignored?.FindField(JsonMarshal.GetRawUtf8PropertyName(property));
        if (skip is not { IsMember: true })
        {
            var name = property.Name;
            Visit(PathElement.Field(name), old, next, structure?.Field(name), skip?.Children);
        }
    }

    private static JsonElement Find(JsonElement owner, JsonProperty property)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            return default;
        }
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        var isPlain = !raw.Contains((byte)'\\');
        return (isPlain ? owner.TryGetProperty(raw, out var found) : owner.TryGetProperty(property.Name, out found)) ? found : default;
    }

    private void Items(JsonElement old, JsonElement next, IStructure structure)
    {
        var before = new Dictionary<PathElement, (JsonElement Item, bool Repeated)>();
        foreach (var (step, item) in ListElements.Of(old, structure))
        {
            before[step] = before.TryGetValue(step, out var first) ? first with { Repeated = true } : (item, false);
        }
        var seen = new HashSet<PathElement>();
        foreach (var (step, item) in ListElements.Of(next, structure))
        {
            var known = before.GetValueOrDefault(step);
            if (!seen.Add(step) || known.Repeated)
            {
                Repeated(step);
            }
            else if (known.Item.IsAbsent() || !JsonTexts.SameText(known.Item, item))
            {
                Visit(step, known.Item, item, structure.Element, null);
            }
        }
        foreach (var (step, known) in before)
        {
            if (!seen.Contains(step))
            {
                Visit(step, known.Item, default, structure.Element, null);
            }
        }
    }

    /// <summary>Elements that share a key cannot be told apart: the list they are in has changed, so they have.</summary>
    private void Repeated(PathElement step)
    {
        _path.Add(step);
        _modified.Insert(Path);
        _path.RemoveAt(_path.Count - 1);
    }
}
