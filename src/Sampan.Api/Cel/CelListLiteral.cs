namespace Sampan.Api.Cel;

internal sealed class CelListLiteral(IReadOnlyList<(CelNode Item, bool IsOptional)> items) : CelNode
{
    public override CelStaticType Check(CelChecker checker) => CelStaticType.List(checker.Common(items.Select(item => (item.Item, ItemType(checker, item.Item, item.IsOptional))))).Sized(items.Count);

    public override double MaxCost() => CelCallCost.List + items.Sum(item => item.Item.MaxCost());

    private static CelStaticType ItemType(CelChecker checker, CelNode item, bool isOptional) =>
        checker.TypeOf(item) is var type && isOptional && type is { Name: "optional_type", Parameters: [var inner] } ? inner : type;

    protected override object? Run(CelScope scope)
    {
        var list = new List<object?>(items.Count);
        foreach (var (item, isOptional) in items)
        {
            var value = item.Evaluate(scope);
            if (!isOptional) list.Add(value);
            else if (value is CelOptional { HasValue: true } optional) list.Add(optional.Value);
        }
        return list;
    }
}
