namespace Sampan.Api.Cel;

/// <summary>x.field and x.?field.</summary>
internal sealed class CelSelect(CelNode target, string field, bool isOptional) : CelNode
{
    /// <summary>Whether the field is there: has(x.field).</summary>
    public bool IsThere(CelScope scope) => target.Evaluate(scope) switch
    {
        CelOptional optional => optional.HasValue && optional.Value is ICelMap map && map.TryGet(field, out _),
        ICelMap map => map.Keys.Contains(field),
        _ => throw CelException.NoSuchOverload("has"),
    };

    protected override object? Run(CelScope scope) => CelAccess.Get(target.Evaluate(scope), field, isOptional);
}
