namespace Sampan.Api.Selectors;

/// <summary>One condition of a field selector: the field equals the value, or differs from it.</summary>
public sealed record FieldRequirement(string Field, bool Negated, string Value)
{
    public override string ToString() => $"{Field}{(Negated ? "!=" : "=")}{FieldSelector.Escape(Value)}";
}
