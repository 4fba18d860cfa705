namespace Sampan.Api.Cel;

internal sealed class CelConditional(CelNode condition, CelNode whenTrue, CelNode whenFalse) : CelNode
{
    protected override object? Run(CelScope scope) => condition.Evaluate(scope) switch
    {
        true => whenTrue.Evaluate(scope),
        false => whenFalse.Evaluate(scope),
        _ => throw CelException.NoSuchOverload("_?_:_"),
    };
}
