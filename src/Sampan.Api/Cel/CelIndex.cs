namespace Sampan.Api.Cel;

/// <summary>x[key] and x[?key].</summary>
internal sealed class CelIndex(CelNode target, CelNode key, bool isOptional) : CelNode
{
    protected override object? Run(CelScope scope) =>
        CelAccess.Get(target.Evaluate(scope), key.Evaluate(scope) ?? throw CelException.NoSuchOverload("_[_]"), isOptional);
}
