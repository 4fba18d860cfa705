using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>
/// What one decoding knows beside the reader: where it is in the document, and which fields were unknown or appeared twice.
/// Generated readers walk an object like this:
/// <code>
/// context.BeginObject(ref reader);
/// while (JsonReadContext.NextProperty(ref reader))            // stands on the name
///     if (reader.ValueTextEquals("spec"u8)) { context.Enter(ref reader, "spec"); …read the value…; context.Leave(); }
///     else context.Unknown(ref reader);               // records the path and skips the value
/// </code>
/// Paths are kept only when <see cref="Validation"/> is not Ignore or when an error needs one, so Enter and Leave cost two stores.
/// </summary>
public sealed class JsonReadContext
{
    /// <summary>Upstream reports this many strict errors and drops the rest.</summary>
    private const int MaxStrictErrors = 100;

    private Frame[] _path = new Frame[16];
    private string? _rootType;
    private int _depth;
    private List<string>? _errors;

    public JsonReadContext(FieldValidation validation = FieldValidation.Ignore) => Validation = validation;

    public FieldValidation Validation { get; }

    public bool CollectsErrors => Validation != FieldValidation.Ignore;

    /// <summary>The strict errors in document order, such as <c>unknown field "spec.foo"</c>.</summary>
    public IReadOnlyList<string> StrictErrors => _errors ?? (IReadOnlyList<string>)[];

    /// <summary>The place of the reader, such as <c>spec.containers[0].name</c>.</summary>
    public string Path => PathTo(null);

    /// <summary>Reader options for every document: depth as deep as any real object, no comments.</summary>
    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = 512 };

    /// <summary>Moves from the property name to its value and remembers the place.</summary>
    public void Enter(ref Utf8JsonReader reader, string name)
    {
        Push(name, 0);
        reader.Read();
    }

    public void Leave() => _depth--;

    public void Push(string? name, int index)
    {
        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }

        _path[_depth++] = new Frame(name, index);
    }

    /// <summary>Checks that the reader stands on an object.</summary>
    public void BeginObject(ref Utf8JsonReader reader, string goType = "object")
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Mismatch(ref reader, goType);
        }

        if (_depth == 0)
        {
            _rootType = goType;
        }
        else
        {
            _path[_depth - 1].Type = goType;
        }
    }

    /// <summary>Moves to the next property name; false at the object's end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Checks that the reader stands on an array.</summary>
    public void BeginArray(ref Utf8JsonReader reader, string goType)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Mismatch(ref reader, goType);
        }
    }

    /// <summary>Moves to the next element; false at the array's end. The element's place is left with <see cref="Leave"/>.</summary>
    public bool NextElement(ref Utf8JsonReader reader, int index)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        Push(null, index);
        return true;
    }

    /// <summary>Records the property that the reader stands on as unknown and skips its value.</summary>
    public void Unknown(ref Utf8JsonReader reader)
    {
        if (CollectsErrors)
        {
            AddError($"unknown field \"{PathTo(JsonScalars.ReadName(ref reader))}\"");
        }

        reader.Skip();
    }

    /// <summary>Records a second appearance of a property of the current object; the last one wins.</summary>
    public void Duplicate(string name)
    {
        if (CollectsErrors)
        {
            AddError($"duplicate field \"{PathTo(name)}\"");
        }
    }

    /// <summary>Records a strict error found outside of the readers.</summary>
    public void AddError(string error)
    {
        _errors ??= [];
        if (_errors.Count < MaxStrictErrors && !_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    /// <summary>The error for a value of the wrong JSON type. The type is Go's name of what was expected, as upstream reports it.</summary>
    public JsonFormatException Mismatch(ref Utf8JsonReader reader, string goType)
    {
        string found = reader.TokenType switch
        {
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.StartArray => "array",
            JsonTokenType.StartObject => "object",
            _ => "null",
        };
        return Mismatch(found, goType);
    }

    internal JsonFormatException Mismatch(string found, string goType)
    {
        string place = GoField() is { } field ? $"Go struct field {field}" : "Go value";
        return new JsonFormatException($"json: cannot unmarshal {found} into {place} of type {goType}") { Found = found, Expected = goType };
    }

    /// <summary>The place as Go names it: the type that has the field, then the names of all fields on the way, without indexes and keys.</summary>
    private string? GoField()
    {
        string owner = "";
        StringBuilder names = new();
        string? type = _rootType;
        foreach (Frame frame in _path.AsSpan(0, _depth))
        {
            if (frame.Name is not null && type?.Contains('[', StringComparison.Ordinal) == false)
            {
                owner = type[(type.LastIndexOf('.') + 1)..];
                names.Append('.').Append(frame.Name);
            }

            type = frame.Type;
        }

        return names.Length == 0 ? null : owner + names;
    }

    private string PathTo(string? name)
    {
        StringBuilder text = new();
        for (int i = 0; i < _depth; i++)
        {
            Append(text, _path[i].Name, _path[i].Index);
        }

        if (name is not null)
        {
            Append(text, name, 0);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string? name, int index)
    {
        if (name is null)
        {
            text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            return;
        }

        if (text.Length > 0)
        {
            text.Append('.');
        }

        text.Append(name);
    }

    /// <summary>One step of the way: a name, or an index when there is none, and the Go type of the object found there.</summary>
    private struct Frame(string? name, int index)
    {
        public readonly string? Name = name;
        public readonly int Index = index;
        public string? Type;
    }
}
