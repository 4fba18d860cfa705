namespace Sampan.Api.Cel;

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written; the name for an identifier.</param>
/// <param name="Value">A literal's value.</param>
/// <param name="Position">Where it begins.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, object? Value, int Position)
{
    public bool Is(string symbol) => Kind == CelTokenKind.Symbol && Text == symbol;
}
