namespace Sampan.Api.Cel;

/// <summary>x[key] and x[?key].</summary>
internal sealed class CelIndex(CelNode target, CelNode key, bool isOptional) : CelNode
{
    public override CelStaticType Check(CelChecker checker) =>
        checker.Call(this, isOptional ? "_[?_]" : "_[_]", isMember: false, [checker.TypeOf(target), checker.TypeOf(key)]);

    public override double MaxCost() => target.MaxCost() + key.MaxCost() + 1;

    protected override object? Run(CelScope scope) =>
        CelAccess.Get(target.Evaluate(scope), key.Evaluate(scope) ?? throw CelException.NoSuchOverload("_[_]"), isOptional);
}
