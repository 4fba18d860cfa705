namespace Sampan.Api.Cel;

/// <summary>
/// An expression of the Common Expression Language, read once and evaluated for many inputs. Values are null, bool, long, ulong,
/// double, string, byte[], lists, <see cref="ICelMap"/>, DateTimeOffset, TimeSpan, <see cref="Quantity"/>, <see cref="SemanticVersion"/>,
/// IPAddress, networks, URLs and named formats. Kubernetes' libraries of these and of strings, lists and sets are there. Types are checked when
/// it runs, and before that as far as those of the variables are known.
/// <code>
/// "device.driver == 'gpu.example.com'" ─ CelLexer ─► tokens ─ CelParser ─► CelNode tree ─ Evaluate(variables) ─► true
/// </code>
/// </summary>
public sealed class CelProgram
{
    private readonly CelNode _root;

    private CelProgram(CelNode root) => _root = root;

    /// <summary>
    /// What it can cost at most, for the largest values that the types of its variables allow: one for an operation, a tenth for a
    /// character. Nobody can tell for one that was compiled without types.
    /// </summary>
    public double MaxCost { get; private init; } = double.PositiveInfinity;

    /// <exception cref="CelException">It is no expression, or names what is not there.</exception>
    public static CelProgram Compile(string expression, IReadOnlyCollection<string> variables)
    {
        var errors = new CelErrors(expression);
        var root = new CelParser(expression, variables, errors).Parse();
        errors.ThrowIfAny();
        return new(root);
    }

    /// <param name="expression">The expression.</param>
    /// <param name="variables">What it may look at.</param>
    /// <param name="result">What it has to give.</param>
    /// <exception cref="CelException">It is no expression, names what is not there, or can't have a value of that type.</exception>
    public static CelProgram Compile(string expression, IReadOnlyDictionary<string, CelStaticType> variables, CelStaticType result)
    {
        var errors = new CelErrors(expression);
        var root = new CelParser(expression, [.. variables.Keys], errors).Parse();
        var type = new CelChecker(errors, variables).TypeOf(root);
        errors.ThrowIfAny();
        return type.IsDynamic || type.ToString() == result.ToString() ? new(root) { MaxCost = root.MaxCost() } : throw new CelTypeException(type, result);
    }

    /// <summary>The type of an expression's value. What functions that are not there give is known when it is evaluated.</summary>
    /// <exception cref="CelException">It is no expression, names what is not there, or can't have a value.</exception>
    public static CelStaticType TypeOf(string expression, IReadOnlyDictionary<string, CelStaticType> variables)
    {
        var errors = new CelErrors(expression);
        var root = new CelParser(expression, variables.Keys, errors, allowsUnknownFunctions: true).Parse();
        var type = new CelChecker(errors, variables).TypeOf(root);
        errors.ThrowIfAny();
        return type;
    }

    /// <param name="variables">All those that it was compiled with.</param>
    /// <param name="costLimit">In units of roughly one operation, or ten characters looked at.</param>
    /// <exception cref="CelException">It has no value.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> variables, long costLimit = 1_000_000) => _root.Evaluate(new CelScope(variables, costLimit));
}
