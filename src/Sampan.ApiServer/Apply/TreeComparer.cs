using System.Runtime.InteropServices;
using System.Text.Json;
using Sampan.Api;
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
        var were = new PropertyIndex(old);
        if (next.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in next.EnumerateObject())
            {
                var before = were.Find(property);
                matched += before.IsAbsent() ? 0 : 1;
                Property(property, before, property.Value, structure, ignored);
            }
        }
        if (old.ValueKind != JsonValueKind.Object || matched == old.GetPropertyCount())
        {
            return;
        }
        var are = new PropertyIndex(next);
        foreach (var property in old.EnumerateObject())
        {
            if (are.Find(property).IsAbsent())
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

    private void Items(JsonElement old, JsonElement next, IStructure structure)
    {
        var (before, after) = (Grouped(old, structure), Grouped(next, structure));
        foreach (var (step, items) in after)
        {
            var known = before.GetValueOrDefault(step);
            if (items.More is not null || known.More is not null)
            {
                Repeated(step, known, items);
            }
            else if (known.First.IsAbsent() || !JsonTexts.SameText(known.First, items.First))
            {
                Visit(step, known.First, items.First, structure.Element, null);
            }
        }
        foreach (var (step, items) in before)
        {
            if (after.ContainsKey(step))
            {
                continue;
            }
            if (items.More is not null)
            {
                Repeated(step, items, default);
            }
            else
            {
                Visit(step, items.First, default, structure.Element, null);
            }
        }
    }

    /// <summary>The elements by their keys, in order; most lists have one of each.</summary>
    private static Dictionary<PathElement, (JsonElement First, List<JsonElement>? More)> Grouped(JsonElement list, IStructure structure)
    {
        var groups = new Dictionary<PathElement, (JsonElement First, List<JsonElement>? More)>();
        foreach (var (step, item) in ListElements.Of(list, structure))
        {
            if (!groups.TryGetValue(step, out var group))
            {
                groups[step] = (item, null);
            }
            else if (group.More is { } more)
            {
                more.Add(item);
            }
            else
            {
                groups[step] = group with { More = [item] };
            }
        }
        return groups;
    }

    /// <summary>Elements that share a key cannot be told apart: they come, change and go as one.</summary>
    private void Repeated(
        PathElement step, (JsonElement First, List<JsonElement>? More) old, (JsonElement First, List<JsonElement>? More) next)
    {
        _path.Add(step);
        if (old.First.IsAbsent())
        {
            _added.Insert(Path);
        }
        else if (next.First.IsAbsent())
        {
            _removed.Insert(Path);
        }
        else if (!AreSame(old, next))
        {
            _modified.Insert(Path);
        }
        _path.RemoveAt(_path.Count - 1);
    }

    private static bool AreSame((JsonElement First, List<JsonElement>? More) old, (JsonElement First, List<JsonElement>? More) next) =>
        JsonTexts.SameText(old.First, next.First) && old.More.OrEmpty().Count == next.More.OrEmpty().Count
        && old.More.OrEmpty().Zip(next.More.OrEmpty()).All(pair => JsonTexts.SameText(pair.First, pair.Second));
}
