namespace Sampan.Api.Cel;

/// <summary>A part of an expression that has a value.</summary>
internal abstract class CelNode
{
    /// <summary>Where it is written; of an operation, where its sign is.</summary>
    public int Position { get; init; }

    public object? Evaluate(CelScope scope)
    {
        scope.Spend(1);
        return Run(scope);
    }

    /// <summary>Its type, after telling what is wrong with it.</summary>
    public abstract CelStaticType Check(CelChecker checker);

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
