namespace Sampan.Api.Cel;

/// <summary>And, or: one side can decide even though the other one fails.</summary>
internal sealed class CelLogic(CelNode left, CelNode right, bool decides) : CelNode
{
    public override CelStaticType Check(CelChecker checker) =>
        checker.Call(this, decides ? "_||_" : "_&&_", isMember: false, [checker.TypeOf(left), checker.TypeOf(right)]);

    public override double MaxCost() => left.MaxCost() + right.MaxCost();

    protected override object? Run(CelScope scope)
    {
        var (first, firstError) = Try(left, scope);
        if (first is bool one && one == decides) return decides;
        var (second, secondError) = Try(right, scope);
        if (second is bool other && other == decides) return decides;
        if (firstError is not null) throw firstError;
        if (secondError is not null) throw secondError;
        return first is bool && second is bool ? !decides : throw CelException.NoSuchOverload(decides ? "_||_" : "_&&_");
    }
}
