namespace Sampan.Api.Cel;

/// <summary>Reads an expression. Macros become nodes of their own; names are checked as they are met.</summary>
internal sealed class CelParser
{
    private const int MaxDepth = 250;

    private static readonly string[][] Levels = [["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly CelLexer _lexer;
    private readonly List<CelToken> _tokens;
    private readonly List<string> _names;
    private int _next;
    private int _depth;

    public CelParser(string source, IEnumerable<string> variables)
    {
        _lexer = new CelLexer(source);
        _tokens = _lexer.Read();
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
        if (++_depth > MaxDepth) throw _lexer.Error(Current.Position, "expression recursion limit exceeded");
        var condition = Or();
        if (Take("?"))
        {
            var whenTrue = Or();
            Expect(":");
            condition = new CelConditional(condition, whenTrue, Expression());
        }
        _depth--;
        return condition;
    }

    private CelNode Or()
    {
        var left = And();
        while (Take("||")) left = new CelLogic(left, And(), decides: true);
        return left;
    }

    private CelNode And()
    {
        var left = Binary(0);
        while (Take("&&")) left = new CelLogic(left, Binary(0), decides: false);
        return left;
    }

    private CelNode Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (Current.Kind == CelTokenKind.Symbol && Levels[level].Contains(Current.Text))
        {
            var symbol = _tokens[_next++].Text;
            left = new CelCall($"_{symbol}_", CelOperators.Find(symbol)!, [left, Binary(level + 1)]);
        }
        return left;
    }

    private CelNode Unary()
    {
        if (++_depth > MaxDepth) throw _lexer.Error(Current.Position, "expression recursion limit exceeded");
        var node = Take("!") ? new CelCall("!_", CelOperators.Find("!")!, [Unary()]) : Take("-") ? Negative() : Member();
        _depth--;
        return node;
    }

    private CelNode Negative()
    {
        if (Current is { Kind: CelTokenKind.Literal, Value: long.MinValue } && _next++ >= 0) return new CelLiteral(long.MinValue);
        return new CelCall("-_", CelOperators.Find("-")!, [Unary()]);
    }

    private CelNode Member()
    {
        var node = Primary();
        while (true)
        {
            if (Take("."))
            {
                var isOptional = Take("?");
                var name = Identifier();
                node = Current.Is("(") && !isOptional ? MemberCall(node, name) : new CelSelect(Checked(node), name.Text, isOptional);
            }
            else if (Take("["))
            {
                var isOptional = Take("?");
                node = new CelIndex(Checked(node), Expression(), isOptional);
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
            return token.Value is long.MinValue ? throw _lexer.Error(token.Position, "invalid int literal") : new CelLiteral(token.Value);
        }
        if (Take("(")) return Closed(Expression(), ")");
        if (Take("[")) return List();
        if (Take("{")) return Map();
        var name = Identifier();
        return Current.Is("(") ? GlobalCall(name) : new CelVariable(name.Text, name.Position);
    }

    private CelListLiteral List()
    {
        var items = new List<(CelNode, bool)>();
        while (!Current.Is("]"))
        {
            var isOptional = Take("?");
            items.Add((Expression(), isOptional));
            if (!Take(",")) break;
        }
        return Closed(new CelListLiteral(items), "]");
    }

    private CelMapLiteral Map()
    {
        var entries = new List<(CelNode, CelNode)>();
        while (!Current.Is("}"))
        {
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Take(",")) break;
        }
        return Closed(new CelMapLiteral(entries), "}");
    }

    private CelNode GlobalCall(CelToken name)
    {
        if (name.Text != "has") return new CelCall(name.Text, CelFunctions.Global(name.Text) ?? throw Undeclared(name.Text, name.Position), Arguments());
        var arguments = Arguments();
        return arguments is [CelSelect field] ? new CelHas(field) : throw _lexer.Error(name.Position, "invalid argument to has() macro");
    }

    private CelNode MemberCall(CelNode target, CelToken name)
    {
        if (target is CelVariable { Name: "cel" } && name.Text == "bind") return Bind();
        if (target is CelVariable space && !_names.Contains(space.Name))
        {
            var full = $"{space.Name}.{name.Text}";
            return new CelCall(full, CelFunctions.Global(full) ?? throw Undeclared(full, space.Position), Arguments());
        }
        if (name.Text is "all" or "exists" or "exists_one" or "existsOne" or "filter" or "map" && LooksLikeMacro()) return Macro(target, name);
        return new CelCall(name.Text, CelFunctions.Member(name.Text) ?? throw Undeclared(name.Text, name.Position), [target, .. Arguments()]);
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
        if (bodies.Count > (isMap ? 2 : 1)) throw _lexer.Error(name.Position, $"invalid number of arguments to {name.Text}() macro");
        return new CelComprehension(name.Text, range, names, isMap ? bodies.Count == 2 ? bodies[0] : null : bodies[0], isMap ? bodies[^1] : null);
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
        var arguments = new List<CelNode>();
        while (!Current.Is(")"))
        {
            arguments.Add(Expression());
            if (!Take(",")) break;
        }
        Expect(")");
        return arguments;
    }

    // A name that stands for a value; those of types do as well.
    private CelNode Checked(CelNode node)
    {
        if (node is not CelVariable variable || _names.Contains(variable.Name)) return node;
        return CelType.Known.TryGetValue(variable.Name, out var type) ? new CelLiteral(type) : throw Undeclared(variable.Name, variable.Position);
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

    private CelException Unexpected() => _lexer.Error(Current.Position, $"Syntax error: unexpected '{Current.Text}'");

    private CelException Undeclared(string name, int position) => _lexer.Error(position, $"undeclared reference to '{name}' (in container '')");
}
