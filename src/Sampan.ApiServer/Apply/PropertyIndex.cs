using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sampan.ApiServer.Apply;

/// <summary>Finds the properties of an object, of which a document knows only their order: large ones get a dictionary.</summary>
internal readonly struct PropertyIndex
{
    private const int Large = 64;

    private readonly JsonElement _owner;
    private readonly Dictionary<string, JsonElement>? _byName;

    public PropertyIndex(JsonElement owner)
    {
        _owner = owner;
        if (owner.ValueKind != JsonValueKind.Object || owner.GetPropertyCount() <= Large)
        {
            return;
        }
        _byName = new Dictionary<string, JsonElement>(owner.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in owner.EnumerateObject())
        {
            _byName[property.Name] = property.Value;
        }
    }

    /// <summary>The value of the property with the same name; absent when there is none.</summary>
    public JsonElement Find(JsonProperty property)
    {
        if (_owner.ValueKind != JsonValueKind.Object)
        {
            return default;
        }
        if (_byName is not null)
        {
            return _byName.GetValueOrDefault(property.Name);
        }
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        var isPlain = !raw.Contains((byte)'\\');
        return (isPlain ? _owner.TryGetProperty(raw, out var found) : _owner.TryGetProperty(property.Name, out found)) ? found : default;
    }
}
