using System.Globalization;
using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>One refused field.</summary>
/// <param name="Type">Why.</param>
/// <param name="Field">Where, as text; empty for the object as a whole.</param>
/// <param name="BadValue">What stood there; shown for the types that show it.</param>
/// <param name="Detail">What is expected instead.</param>
public sealed record FieldError(FieldErrorType Type, string Field, object? BadValue, string Detail)
{
    /// <summary>A bad value that is not shown.</summary>
    public static object Omitted { get; } = new();

    public static FieldError Required(FieldPath? path, string detail = "") => new(FieldErrorType.Required, Text(path), "", detail);

    public static FieldError Invalid(FieldPath? path, object? value, string detail) => new(FieldErrorType.Invalid, Text(path), value, detail);

    public static FieldError TypeInvalid(FieldPath? path, object? value, string detail) =>
        new(FieldErrorType.TypeInvalid, Text(path), value, detail);

    public static FieldError NotSupported(FieldPath? path, object? value, IEnumerable<string> supported)
    {
        string list = string.Join(", ", supported.Select(GoText.Quote));
        return new(FieldErrorType.NotSupported, Text(path), value, list.Length == 0 ? "" : "supported values: " + list);
    }

    public static FieldError Duplicate(FieldPath? path, object? value) => new(FieldErrorType.Duplicate, Text(path), value, "");

    public static FieldError Forbidden(FieldPath? path, string detail) => new(FieldErrorType.Forbidden, Text(path), "", detail);

    public static FieldError NotFound(FieldPath? path, object? value) => new(FieldErrorType.NotFound, Text(path), value, "");

    public static FieldError TooLong(FieldPath? path, int maxBytes) =>
        new(FieldErrorType.TooLong, Text(path), "", maxBytes < 0 ? "value is too long" : $"may not be more than {maxBytes} bytes");

    public static FieldError TooMany(FieldPath? path, int actual, int max) => new(
        FieldErrorType.TooMany, Text(path), actual < 0 ? Omitted : actual, max < 0 ? "has too many items" : $"must have at most {max} items");

    public static FieldError InternalError(FieldPath? path, string message) => new(FieldErrorType.InternalError, Text(path), null, message);

    /// <summary>The error without its place: the message of a status cause.</summary>
    public string Body
    {
        get
        {
            string title = ShowsValue ? $"{Type.ToTitle()}: {Render(BadValue)}" : Type.ToTitle();
            return Detail.Length == 0 ? title : $"{title}: {Detail}";
        }
    }

    private bool ShowsValue => !ReferenceEquals(BadValue, Omitted) && Type is not (
        FieldErrorType.Required or FieldErrorType.Forbidden or FieldErrorType.TooLong or FieldErrorType.InternalError);

    public override string ToString() => $"{Field}: {Body}";

    private static string Text(FieldPath? path) => path?.ToString() ?? "<nil>";

    private static string Render(object? value) => value switch
    {
        null => "null",
        string text => GoText.Quote(text),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => RenderJson(value),
    };

    private static string RenderJson(object value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, JsonTree.WriterOptions))
        {
            JsonTree.WriteAny(writer, GoJson.Of(value));
        }

        return GoJson.Escape(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
