using System.Text;

namespace Sampan.Api.Generator;

/// <summary>Lines of C# with indentation; a block is closed by disposing it.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _indent * 4).Append(line);
        }

        _text.Append('\n');
    }

    public Block Begin(string header)
    {
        Line(header);
        Line("{");
        _indent++;
        return new Block(this);
    }

    public static string Quote(string? text) =>
        text is null ? "null" : "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    public static string Quote(EquatableArray<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    public override string ToString() => _text.ToString();

    internal readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line("}");
        }
    }
}
