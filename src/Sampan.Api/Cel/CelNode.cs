namespace Sampan.Api.Cel;

/// <summary>A part of an expression that has a value.</summary>
internal abstract class CelNode
{
    public object? Evaluate(CelScope scope)
    {
        scope.Spend(1);
        return Run(scope);
    }

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
