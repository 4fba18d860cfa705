namespace Sampan.Api.Cel;

internal enum CelTokenKind
{
    End,
    Identifier,
    Literal,
    Symbol,
}
