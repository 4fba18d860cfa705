namespace Sampan.Api.Cel;

/// <summary>x.field and x.?field.</summary>
internal sealed class CelSelect(CelNode target, string field, bool isOptional) : CelNode
{
    public override CelStaticType Check(CelChecker checker)
    {
        var type = checker.TypeOf(target);
        var inner = type is { Name: "optional_type", Parameters: [var value] } ? value : null;
        var result = Field(checker, inner ?? type);
        return isOptional || inner is not null ? CelStaticType.Of("optional_type", result) : result;
    }

    /// <summary>Whether the field is there: has(x.field).</summary>
    public bool IsThere(CelScope scope) => target.Evaluate(scope) switch
    {
        CelOptional optional => optional.HasValue && optional.Value is ICelMap map && map.TryGet(field, out _),
        ICelMap map => map.Keys.Contains(field),
        _ => throw CelException.NoSuchOverload("has"),
    };

    private CelStaticType Field(CelChecker checker, CelStaticType type)
    {
        if (type.IsDynamic) return CelStaticType.Dyn;
        if (type.IsObject) return type.Field(field) ?? checker.Fail(this, $"undefined field '{field}'");
        return type is { Name: "map", Parameters: [_, var value] } ? value : checker.Fail(this, $"type '{type}' does not support field selection");
    }

    public override double MaxCost() => target.MaxCost() + (target.Type.IsObject || target.Type.Name == "map" || target.Type.IsVariable ? 1 : 0);

    /// <summary>What has() costs: asking for a field that is named costs nothing.</summary>
    public double MaxCostOfTest() => target.MaxCost();

    protected override object? Run(CelScope scope) => CelAccess.Get(target.Evaluate(scope), field, isOptional);
}
