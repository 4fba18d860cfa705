namespace Sampan.Api.Cel;

/// <summary>all, exists, exists_one, filter and map: a body that is evaluated for each item of a list, or each key of a map.</summary>
/// <param name="macro">Which one.</param>
/// <param name="range">The list or map.</param>
/// <param name="names">The item's name; with two, index or key and item.</param>
/// <param name="condition">What is asked of each item; null: nothing.</param>
/// <param name="transform">What becomes of each item (map only).</param>
internal sealed class CelComprehension(string macro, CelNode range, IReadOnlyList<string> names, CelNode? condition, CelNode? transform) : CelNode
{
    public override CelStaticType Check(CelChecker checker)
    {
        var type = checker.TypeOf(range);
        var (key, item) = type switch
        {
            { IsDynamic: true } => (CelStaticType.Dyn, CelStaticType.Dyn),
            { Name: "list", Parameters: [var one] } => (CelStaticType.Int, one),
            { Name: "map", Parameters: [var one, var other] } => (one, other),
            _ => (checker.Fail(range, $"expression of type '{type}' cannot be range of a comprehension (must be list, map, or dynamic)"), CelStaticType.Dyn),
        };
        var single = type.Name == "map" ? key : item;
        (string, CelStaticType)[] locals = names.Count == 2 ? [(names[0], key), (names[1], item)] : [(names[0], single)];
        if (condition is not null) CheckCondition(checker, checker.TypeWith(locals, condition));
        return macro switch
        {
            "filter" => CelStaticType.List(single).Sized(type.MaxSize),
            "map" => CelStaticType.List(checker.TypeWith(locals, transform!)).Sized(type.MaxSize),
            _ => CelStaticType.Bool,
        };
    }

    // As if it were written as a loop with a result that each round may change.
    public override double MaxCost()
    {
        var (asked, made) = (condition?.MaxCost() ?? 0, transform?.MaxCost() ?? 0);
        var (begin, round, end) = macro switch
        {
            "all" => (0.0, 3 + asked, 1.0),
            "exists" => (0, 4 + asked, 1),
            "exists_one" or "existsOne" => (0, 2 + asked, 2),
            "filter" => (CelCallCost.List, 13 + asked, 1),
            _ => (CelCallCost.List, 12 + asked + made, 1),
        };
        return range.MaxCost() + begin + CelCallCost.Times(CelCallCost.SizeOf(range.Type), round) + end;
    }

    private void CheckCondition(CelChecker checker, CelStaticType type)
    {
        if (macro is "all" or "exists") checker.Call(this, macro == "all" ? "_&&_" : "_||_", isMember: false, [CelStaticType.Bool, type]);
        else checker.Call(this, "_?_:_", isMember: false, [type, CelStaticType.Dyn, CelStaticType.Dyn]);
    }

    protected override object? Run(CelScope scope)
    {
        var items = Scopes(scope);
        return macro switch
        {
            "all" => Decide(items, decides: false),
            "exists" => Decide(items, decides: true),
            "exists_one" or "existsOne" => items.Count(item => Holds(item.Scope)) == 1,
            "filter" => items.Where(item => Holds(item.Scope)).Select(item => item.Item).ToList(),
            _ => items.Where(item => condition is null || Holds(item.Scope)).Select(item => transform!.Evaluate(item.Scope)).ToList(),
        };
    }

    private IEnumerable<(object? Item, CelScope Scope)> Scopes(CelScope scope)
    {
        var (keys, values) = range.Evaluate(scope) switch
        {
            IReadOnlyList<object?> list => (Enumerable.Range(0, list.Count).Select(i => (object?)(long)i), list),
            ICelMap map => (map.Keys, map.Keys.Select(key => map.TryGet(key, out var value) ? value : null)),
            _ => throw CelException.NoSuchOverload(macro),
        };
        var isMap = values is not IReadOnlyList<object?>;
        return keys.Zip(values, (key, value) => names.Count == 2
            ? (value, scope.With(names[0], key).With(names[1], value))
            : isMap ? (key, scope.With(names[0], key)) : (value, scope.With(names[0], value)));
    }

    // An item that decides outweighs those that fail.
    private bool Decide(IEnumerable<(object? Item, CelScope Scope)> items, bool decides)
    {
        CelException? error = null;
        foreach (var (_, scope) in items)
        {
            var (value, failure) = Try(condition!, scope);
            if (value is bool outcome && outcome == decides) return decides;
            error ??= failure ?? (value is bool ? null : CelException.NoSuchOverload(macro));
        }
        return error is null ? !decides : throw error;
    }

    private bool Holds(CelScope scope) => condition!.Evaluate(scope) is bool outcome ? outcome : throw CelException.NoSuchOverload(macro);
}
