using System.Globalization;
using System.Text.Json;

namespace Sampan.ApiServer.Printing;

/// <summary>One value of a table: a text, a whole number or a truth value.</summary>
internal readonly struct Cell
{
    private readonly string? _text;
    private readonly long _number;
    private readonly CellType _type;

    private Cell(CellType type, string? text, long number)
    {
        _type = type;
        _text = text;
        _number = number;
    }

    private enum CellType : byte
    {
        Text,
        Number,
        Flag,
    }

    public static implicit operator Cell(string? text) => new(CellType.Text, text ?? "", 0);

    public static implicit operator Cell(long number) => new(CellType.Number, null, number);

    public static implicit operator Cell(bool flag) => new(CellType.Flag, null, flag ? 1 : 0);

    public void Write(Utf8JsonWriter writer)
    {
        switch (_type)
        {
            case CellType.Number: writer.WriteNumberValue(_number); break;
            case CellType.Flag: writer.WriteBooleanValue(_number != 0); break;
            default: writer.WriteStringValue(_text ?? ""); break;
        }
    }

    public override string ToString() => _type switch
    {
        CellType.Number => _number.ToString(CultureInfo.InvariantCulture),
        CellType.Flag => _number != 0 ? "true" : "false",
        _ => _text ?? "",
    };
}
