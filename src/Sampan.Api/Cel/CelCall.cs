namespace Sampan.Api.Cel;

internal sealed class CelCall(string name, CelFunction? function, IReadOnlyList<CelNode> arguments, bool isMember = false) : CelNode
{
    // A function that is not there has been told of when the expression was read.
    public override CelStaticType Check(CelChecker checker)
    {
        var types = arguments.Select(checker.TypeOf).ToList();
        return function is null ? CelStaticType.Dyn : checker.Call(this, name, isMember, types);
    }

    public override double MaxCost() => arguments.Sum(argument => argument.MaxCost()) + CelCallCost.Of(name, [.. arguments.Select(argument => argument.Type)]);

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
            return function!(values);
        }
        catch (Exception e) when (e is InvalidCastException or IndexOutOfRangeException or ArgumentException or NullReferenceException)
        {
            throw CelException.NoSuchOverload(name);
        }
        catch (FormatException e)
        {
            throw new CelException($"type conversion error: {e.Message}");
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
