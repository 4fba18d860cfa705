namespace Sampan.Api.Cel;

internal sealed class CelCall(string name, CelFunction function, IReadOnlyList<CelNode> arguments) : CelNode
{
    protected override object? Run(CelScope scope)
    {
        var values = new object?[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope);
            scope.Spend(CostOf(values[i]));
        }
        try
        {
            return function(values);
        }
        catch (Exception e) when (e is InvalidCastException or IndexOutOfRangeException or ArgumentException or NullReferenceException)
        {
            throw CelException.NoSuchOverload(name);
        }
        catch (OverflowException)
        {
            throw new CelException("integer overflow");
        }
    }

    private static long CostOf(object? value) => value switch
    {
        string text => text.Length / 10,
        byte[] bytes => bytes.Length / 10,
        IReadOnlyList<object?> list => list.Count,
        _ => 0,
    };
}
