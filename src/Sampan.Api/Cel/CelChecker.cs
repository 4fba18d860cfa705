namespace Sampan.Api.Cel;

/// <summary>
/// Works out the type of each part of an expression and what can't be right about it, before anything is evaluated.
/// <code>
/// device.driver == 1        device: kubernetes.DRADevice ─► .driver: string ─► _==_(string, int): found no matching overload
/// </code>
/// </summary>
internal sealed class CelChecker(CelErrors errors, IReadOnlyDictionary<string, CelStaticType> variables)
{
    private readonly List<(string Name, CelStaticType Type)> _locals = [];

    public CelStaticType TypeOf(CelNode node) => node.Type = node.Check(this);

    public CelStaticType TypeOfVariable(string name)
    {
        var local = _locals.FindLastIndex(local => local.Name == name);
        return local >= 0 ? _locals[local].Type : variables.GetValueOrDefault(name, CelStaticType.Dyn);
    }

    /// <summary>The type of a part that sees more variables.</summary>
    public CelStaticType TypeWith(IReadOnlyList<(string Name, CelStaticType Type)> locals, CelNode node)
    {
        _locals.AddRange(locals);
        var type = TypeOf(node);
        _locals.RemoveRange(_locals.Count - locals.Count, locals.Count);
        return type;
    }

    public CelStaticType Call(CelNode node, string name, bool isMember, IReadOnlyList<CelStaticType> arguments)
    {
        var results = CelSignatures.Of(name, isMember).Select(signature => signature.ResultFor(arguments)).OfType<CelStaticType>().ToList();
        if (results.Count == 0) return Fail(node, $"found no matching overload for '{name}' applied to '{Applied(isMember, arguments)}'");
        var type = results.TrueForAll(result => result.ToString() == results[0].ToString()) ? results[0] : CelStaticType.Dyn;
        return CelCallCost.SizeOfResult(name, arguments) is { } size ? type.Sized(size) : type;
    }

    /// <summary>The common type of the parts of a list or map.</summary>
    public CelStaticType Common(IEnumerable<(CelNode Node, CelStaticType Type)> parts)
    {
        CelStaticType? common = null;
        foreach (var (node, type) in parts)
        {
            if (common is null || common.IsDynamic) common = type;
            else if (!CelSignature.Accepts(common, type, [])) return Fail(node, $"expected type '{common}' but found '{type}'");
        }
        return common ?? CelStaticType.Dyn;
    }

    public CelStaticType Fail(CelNode node, string message)
    {
        errors.Add(node.Position, message);
        return CelStaticType.Dyn;
    }

    private static string Applied(bool isMember, IReadOnlyList<CelStaticType> arguments) =>
        isMember ? $"{arguments[0]}.({string.Join(", ", arguments.Skip(1))})" : $"({string.Join(", ", arguments)})";
}
