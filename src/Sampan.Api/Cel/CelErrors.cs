using System.Globalization;

namespace Sampan.Api.Cel;

/// <summary>What is wrong with an expression, and where.</summary>
internal sealed class CelErrors(string source)
{
    private readonly List<(int Position, string Message)> _all = [];

    public void Add(int position, string message) => _all.Add((position, message));

    /// <exception cref="CelException">There is something, in the order in which it is written.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count > 0) throw new CelException(string.Join('\n', _all.OrderBy(error => error.Position).Select(error => Describe(error.Position, error.Message))));
    }

    public CelException Fatal(int position, string message) => new(Describe(position, message));

    private string Describe(int position, string message)
    {
        var line = source.AsSpan(0, position).Count('\n');
        var start = position == 0 ? 0 : source.LastIndexOf('\n', position - 1) + 1;
        var end = source.IndexOf('\n', position) is var next and >= 0 ? next : source.Length;
        var column = position - start;
        return string.Create(
            CultureInfo.InvariantCulture, $"ERROR: <input>:{line + 1}:{column + 1}: {message}\n | {source[start..end]}\n | {new string('.', column)}^");
    }
}
