namespace Sampan.Api.Cel;

/// <summary>A part of an expression that has a value.</summary>
internal abstract class CelNode
{
    /// <summary>Where it is written; of an operation, where its sign is.</summary>
    public int Position { get; init; }

    /// <summary>What the checker has found it to be.</summary>
    public CelStaticType Type { get; set; } = CelStaticType.Dyn;

    public object? Evaluate(CelScope scope)
    {
        scope.Spend(1);
        return Run(scope);
    }

    /// <summary>Its type, after telling what is wrong with it.</summary>
    public abstract CelStaticType Check(CelChecker checker);

    /// <summary>What it can cost at most, once it has been checked.</summary>
    public abstract double MaxCost();

    protected abstract object? Run(CelScope scope);

    /// <summary>The value, or what went wrong.</summary>
    protected static (object? Value, CelException? Error) Try(CelNode node, CelScope scope)
    {
        try
        {
            return (node.Evaluate(scope), null);
        }
        catch (CelException e)
        {
            return (null, e);
        }
    }
}
