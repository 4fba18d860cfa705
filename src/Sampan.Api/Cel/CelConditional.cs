namespace Sampan.Api.Cel;

internal sealed class CelConditional(CelNode condition, CelNode whenTrue, CelNode whenFalse) : CelNode
{
    public override CelStaticType Check(CelChecker checker) =>
        checker.Call(this, "_?_:_", isMember: false, [checker.TypeOf(condition), checker.TypeOf(whenTrue), checker.TypeOf(whenFalse)]);

    public override double MaxCost() => condition.MaxCost() + Math.Max(whenTrue.MaxCost(), whenFalse.MaxCost());

    protected override object? Run(CelScope scope) => condition.Evaluate(scope) switch
    {
        true => whenTrue.Evaluate(scope),
        false => whenFalse.Evaluate(scope),
        _ => throw CelException.NoSuchOverload("_?_:_"),
    };
}
