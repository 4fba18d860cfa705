namespace Sampan.Api.Cel;

internal sealed class CelListLiteral(IReadOnlyList<(CelNode Item, bool IsOptional)> items) : CelNode
{
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
