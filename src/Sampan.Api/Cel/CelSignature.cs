namespace Sampan.Api.Cel;

/// <summary>One way to call a function: <c>string.indexOf(string, int) int</c>.</summary>
internal sealed record CelSignature(string Name, bool IsMember, IReadOnlyList<CelStaticType> Parameters, CelStaticType Result)
{
    public static CelSignature Parse(string text)
    {
        var open = OpeningOfArguments(text);
        var close = ClosingOf(text, open);
        var result = Type(text[(close + 1)..].Trim());
        var arguments = Split(text[(open + 1)..close]).Select(Type).ToList();
        var (name, receiver) = NameOf(text[..open]);
        return new(name, receiver is not null, receiver is null ? arguments : [Type(receiver), .. arguments], result);
    }

    /// <summary>The type of the result; null when the arguments don't fit.</summary>
    public CelStaticType? ResultFor(IReadOnlyList<CelStaticType> arguments)
    {
        if (arguments.Count != Parameters.Count) return null;
        var variables = new Dictionary<string, CelStaticType>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!Accepts(Parameters[i], arguments[i], variables)) return null;
        }
        return Resolve(Result, variables);
    }

    public static bool Accepts(CelStaticType expected, CelStaticType actual, Dictionary<string, CelStaticType> variables)
    {
        if (expected.IsVariable) return Bind(expected.Name, actual, variables);
        if (expected.IsDynamic || actual.IsDynamic) return true;
        if (actual == CelStaticType.Null && expected.IsNullable) return true;
        if (expected == CelStaticType.Null && actual.IsNullable) return true;
        return expected.Name == actual.Name && expected.Parameters.Count == actual.Parameters.Count
            && expected.Parameters.Zip(actual.Parameters).All(pair => Accepts(pair.First, pair.Second, variables));
    }

    private static bool Bind(string variable, CelStaticType actual, Dictionary<string, CelStaticType> variables)
    {
        if (!variables.TryGetValue(variable, out var known) || known.IsDynamic)
        {
            variables[variable] = actual;
            return true;
        }
        return Accepts(known, actual, variables);
    }

    private static CelStaticType Resolve(CelStaticType type, Dictionary<string, CelStaticType> variables) =>
        type.IsVariable ? variables.GetValueOrDefault(type.Name, CelStaticType.Dyn)
        : type.Parameters.Count == 0 ? type : CelStaticType.Of(type.Name, [.. type.Parameters.Select(parameter => Resolve(parameter, variables))]);

    private static CelStaticType Type(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (text == CelStaticType.Quantity.Name) return CelStaticType.Quantity;
        return open < 0 ? CelStaticType.Of(text) : CelStaticType.Of(text[..open], [.. Split(text[(open + 1)..^1]).Select(Type)]);
    }

    // list(A).sum() A: the receiver has arguments too; the function's are the last before the result.
    private static int OpeningOfArguments(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        while (ClosingOf(text, open) is var close && close + 1 < text.Length && text[close + 1] == '.') open = text.IndexOf('(', close);
        return open;
    }

    private static int ClosingOf(string text, int open)
    {
        for (var (i, depth) = (open, 0); i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            if (text[i] == ')' && --depth == 0) return i;
        }
        throw new FormatException(text);
    }

    // A receiver is set off by two dots, since names have dots too: kubernetes.Quantity..sign
    private static (string Name, string? Receiver) NameOf(string text) =>
        text.IndexOf("..", StringComparison.Ordinal) is var dots and >= 0 ? (text[(dots + 2)..], text[..dots]) : (text, null);

    private static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(') depth++;
            if (i < text.Length && text[i] == ')') depth--;
            if (depth > 0 || (i < text.Length && text[i] != ',')) continue;
            if (text[start..i].Trim() is { Length: > 0 } part) yield return part;
            start = i + 1;
        }
    }
}
