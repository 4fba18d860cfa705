namespace Sampan.Api.Cel;

/// <summary>
/// An expression of the Common Expression Language, read once and evaluated for many inputs. Values are null, bool, long, ulong,
/// double, string, byte[], lists, <see cref="ICelMap"/>, DateTimeOffset, TimeSpan, <see cref="Quantity"/> and <see cref="SemanticVersion"/>.
/// Kubernetes' libraries of strings, lists, sets, regular expressions, quantities and versions are there. Types are checked when
/// it runs.
/// <code>
/// "device.driver == 'gpu.example.com'" ─ CelLexer ─► tokens ─ CelParser ─► CelNode tree ─ Evaluate(variables) ─► true
/// </code>
/// </summary>
public sealed class CelProgram
{
    private readonly CelNode _root;

    private CelProgram(CelNode root) => _root = root;

    /// <exception cref="CelException">It is no expression, or names what is not there.</exception>
    public static CelProgram Compile(string expression, IReadOnlyCollection<string> variables) => new(new CelParser(expression, variables).Parse());

    /// <param name="variables">All those that it was compiled with.</param>
    /// <param name="costLimit">In units of roughly one operation, or ten characters looked at.</param>
    /// <exception cref="CelException">It has no value.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> variables, long costLimit = 1_000_000) => _root.Evaluate(new CelScope(variables, costLimit));
}
