using System.Globalization;
using System.Text;

namespace Sampan.Api;

/// <summary>
/// The place of a field in an object: <c>spec.containers[0].resources.limits[cpu]</c>. A path is immutable and shares its beginning
/// with the paths made from it; its text is built only when an error needs it.
/// </summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _step;
    private readonly bool _isKey;

    private FieldPath(FieldPath? parent, string step, bool isKey)
    {
        _parent = parent;
        _step = step;
        _isKey = isKey;
    }

    /// <summary>A path from the object's root.</summary>
    public static FieldPath Of(string name, params ReadOnlySpan<string> more) => new FieldPath(null, name, false).Child(more);

    public FieldPath Child(string name) => new(this, name, false);

    public FieldPath Child(params ReadOnlySpan<string> names)
    {
        FieldPath path = this;
        foreach (string name in names)
        {
            path = path.Child(name);
        }

        return path;
    }

    public FieldPath Index(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), true);

    public FieldPath Key(string key) => new(this, key, true);

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        _parent?.Append(text);
        // A field without a name shows as an empty key.
        if (_isKey || _step.Length == 0)
        {
            text.Append('[').Append(_step).Append(']');
            return;
        }

        if (_parent is not null)
        {
            text.Append('.');
        }

        text.Append(_step);
    }
}
