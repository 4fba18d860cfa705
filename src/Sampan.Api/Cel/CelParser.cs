namespace Sampan.Api.Cel;

/// <summary>Reads an expression. Macros become nodes of their own; names that mean nothing are noted as they are met.</summary>
internal sealed class CelParser
{
    private const int MaxDepth = 250;

    private static readonly string[][] Levels = [["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly CelErrors _errors;
    private readonly List<CelToken> _tokens;
    private readonly List<string> _names;
    private readonly bool _allowsUnknownFunctions;
    private int _next;
    private int _depth;

    public CelParser(string source, IEnumerable<string> variables, CelErrors errors, bool allowsUnknownFunctions = false)
    {
        _errors = errors;
        _allowsUnknownFunctions = allowsUnknownFunctions;
        _tokens = new CelLexer(source, errors).Read();
        _names = [.. variables];
    }

    private CelToken Current => _tokens[_next];

    public CelNode Parse()
    {
        var root = Expression();
        return Current.Kind == CelTokenKind.End ? root : throw Unexpected();
    }

    private CelNode Expression()
    {
        if (++_depth > MaxDepth) throw _errors.Fatal(Current.Position, "expression recursion limit exceeded");
        var condition = Or();
        var sign = Current.Position;
        if (Take("?"))
        {
            var whenTrue = Or();
            Expect(":");
            condition = new CelConditional(condition, whenTrue, Expression()) { Position = sign };
        }
        _depth--;
        return condition;
    }

    private CelNode Or()
    {
        var left = And();
        for (var sign = Current.Position; Take("||"); sign = Current.Position) left = new CelLogic(left, And(), decides: true) { Position = sign };
        return left;
    }

    private CelNode And()
    {
        var left = Binary(0);
        for (var sign = Current.Position; Take("&&"); sign = Current.Position) left = new CelLogic(left, Binary(0), decides: false) { Position = sign };
        return left;
    }

    private CelNode Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (Current.Kind == CelTokenKind.Symbol && Levels[level].Contains(Current.Text))
        {
            var (_, symbol, _, position) = _tokens[_next++];
            left = new CelCall(symbol == "in" ? "@in" : $"_{symbol}_", CelOperators.Find(symbol)!, [left, Binary(level + 1)]) { Position = position };
        }
        return left;
    }

    private CelNode Unary()
    {
        if (++_depth > MaxDepth) throw _errors.Fatal(Current.Position, "expression recursion limit exceeded");
        var sign = Current.Position;
        var node = Take("!") ? new CelCall("!_", CelOperators.Find("!")!, [Unary()]) { Position = sign } : Take("-") ? Negative(sign) : Member();
        _depth--;
        return node;
    }

    private CelNode Negative(int sign)
    {
        if (Current is { Kind: CelTokenKind.Literal, Value: long.MinValue } && _next++ >= 0) return new CelLiteral(long.MinValue) { Position = sign };
        return new CelCall("-_", CelOperators.Find("-")!, [Unary()]) { Position = sign };
    }

    private CelNode Member()
    {
        var node = Primary();
        while (true)
        {
            var sign = Current.Position;
            if (Take("."))
            {
                var isOptional = Take("?");
                var name = Identifier();
                node = Current.Is("(") && !isOptional ? MemberCall(node, name) : new CelSelect(Checked(node), name.Text, isOptional) { Position = sign };
            }
            else if (Take("["))
            {
                var isOptional = Take("?");
                node = new CelIndex(Checked(node), Expression(), isOptional) { Position = sign };
                Expect("]");
            }
            else
            {
                return Checked(node);
            }
        }
    }

    private CelNode Primary()
    {
        Take(".");
        var token = Current;
        if (token.Kind == CelTokenKind.Literal)
        {
            _next++;
            return token.Value is long.MinValue ? throw _errors.Fatal(token.Position, "invalid int literal") : new CelLiteral(token.Value) { Position = token.Position };
        }
        if (Take("(")) return Closed(Expression(), ")");
        if (Take("[")) return List(token.Position);
        if (Take("{")) return Map(token.Position);
        var name = token.Kind == CelTokenKind.Identifier ? Identifier() : throw NoOperand();
        return Current.Is("(") ? GlobalCall(name) : new CelVariable(name.Text) { Position = name.Position };
    }

    private CelListLiteral List(int position)
    {
        var items = new List<(CelNode, bool)>();
        while (!Current.Is("]"))
        {
            var isOptional = Take("?");
            items.Add((Expression(), isOptional));
            if (!Take(",")) break;
        }
        return Closed(new CelListLiteral(items) { Position = position }, "]");
    }

    private CelMapLiteral Map(int position)
    {
        var entries = new List<(CelNode, CelNode)>();
        while (!Current.Is("}"))
        {
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Take(",")) break;
        }
        return Closed(new CelMapLiteral(entries) { Position = position }, "}");
    }

    private CelNode GlobalCall(CelToken name)
    {
        if (name.Text != "has") return Call(name.Text, CelFunctions.Global(name.Text));
        var arguments = Arguments();
        return arguments is [CelSelect field] ? new CelHas(field) { Position = name.Position } : throw _errors.Fatal(name.Position, "invalid argument to has() macro");
    }

    private CelNode MemberCall(CelNode target, CelToken name)
    {
        if (target is CelVariable { Name: "cel" } && name.Text == "bind") return Bind();
        if (target is CelVariable space && !_names.Contains(space.Name))
        {
            var full = $"{space.Name}.{name.Text}";
            if (CelFunctions.Global(full) is var function && (function is not null || _allowsUnknownFunctions)) return Call(full, function);
        }
        if (name.Text is "all" or "exists" or "exists_one" or "existsOne" or "filter" or "map" && LooksLikeMacro()) return Macro(Checked(target), name);
        return Call(name.Text, CelFunctions.Member(name.Text), Checked(target));
    }

    private CelCall Call(string name, CelFunction? function, CelNode? target = null)
    {
        var open = Current.Position;
        if (function is null && !_allowsUnknownFunctions) Undeclared(name, open);
        var arguments = Arguments();
        return new CelCall(name, function, target is null ? arguments : [target, .. arguments], target is not null) { Position = open };
    }

    private bool LooksLikeMacro() => _tokens[_next + 1].Kind == CelTokenKind.Identifier && _tokens[_next + 2].Is(",");

    private CelComprehension Macro(CelNode range, CelToken name)
    {
        Expect("(");
        var names = new List<string> { Variable() };
        if (name.Text is not ("map" or "filter") && LooksLikeSecondName()) names.Add(Variable());
        _names.AddRange(names);
        var bodies = new List<CelNode> { Expression() };
        while (Take(",")) bodies.Add(Expression());
        Expect(")");
        _names.RemoveRange(_names.Count - names.Count, names.Count);
        var isMap = name.Text == "map";
        if (bodies.Count > (isMap ? 2 : 1)) throw _errors.Fatal(name.Position, $"invalid number of arguments to {name.Text}() macro");
        return new CelComprehension(name.Text, range, names, isMap ? bodies.Count == 2 ? bodies[0] : null : bodies[0], isMap ? bodies[^1] : null) { Position = name.Position };
    }

    private bool LooksLikeSecondName() => Current.Kind == CelTokenKind.Identifier && _tokens[_next + 1].Is(",");

    private string Variable()
    {
        var name = Identifier().Text;
        Expect(",");
        return name;
    }

    private CelBind Bind()
    {
        Expect("(");
        var name = Variable();
        var value = Expression();
        Expect(",");
        _names.Add(name);
        var body = Expression();
        _names.RemoveAt(_names.Count - 1);
        return Closed(new CelBind(name, value, body), ")");
    }

    private List<CelNode> Arguments()
    {
        Expect("(");
        if (Take(")")) return [];
        if (!CanBegin(Current)) throw NoOperand("'(', ')', ");
        var arguments = new List<CelNode>();
        do arguments.Add(Expression());
        while (Take(","));
        Expect(")");
        return arguments;
    }

    // A name that stands for a value; those of types do as well.
    private CelNode Checked(CelNode node)
    {
        if (node is not CelVariable variable || _names.Contains(variable.Name)) return node;
        if (CelType.Known.TryGetValue(variable.Name, out var type)) return new CelLiteral(type) { Position = variable.Position };
        Undeclared(variable.Name, variable.Position);
        return node;
    }

    private T Closed<T>(T node, string symbol) where T : CelNode
    {
        Expect(symbol);
        return node;
    }

    private CelToken Identifier() => Current.Kind == CelTokenKind.Identifier ? _tokens[_next++] : throw Unexpected();

    private bool Take(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        _next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Unexpected();
    }

    private CelException Unexpected() => _errors.Fatal(Current.Position, $"Syntax error: unexpected '{Current.Text}'");

    private static bool CanBegin(CelToken token) => token.Kind is CelTokenKind.Literal or CelTokenKind.Identifier || token is { Kind: CelTokenKind.Symbol, Text: "[" or "{" or "(" or "." or "-" or "!" };

    private CelException NoOperand(string parentheses = "'(', ") => _errors.Fatal(
        Current.Position,
        $"Syntax error: mismatched input '{Current.Text}' expecting {{'[', '{{', {parentheses}'.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}}");

    private void Undeclared(string name, int position) => _errors.Add(position, $"undeclared reference to '{name}' (in container '')");
}
