namespace Sampan.Api.Cel;

/// <summary>The variables that an expression sees, the innermost first, and what it may still cost.</summary>
internal sealed class CelScope
{
    private readonly CelScope? _parent;
    private readonly CelScope _root;
    private readonly string _name = "";
    private readonly object? _value;
    private readonly IReadOnlyDictionary<string, object?>? _variables;
    private long _budget;

    public CelScope(IReadOnlyDictionary<string, object?> variables, long budget) => (_root, _variables, _budget) = (this, variables, budget);

    private CelScope(CelScope parent, string name, object? value) => (_parent, _root, _name, _value) = (parent, parent._root, name, value);

    public CelScope With(string name, object? value) => new(this, name, value);

    public object? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
        {
            if (scope._variables is not null) return scope._variables.TryGetValue(name, out var value) ? value : throw new CelException($"no such attribute(s): {name}");
            if (scope._name == name) return scope._value;
        }
        throw new CelException($"no such attribute(s): {name}");
    }

    /// <exception cref="CelException">The expression costs too much.</exception>
    public void Spend(long cost)
    {
        if ((_root._budget -= cost) < 0) throw new CelException("operation cancelled: actual cost limit exceeded");
    }
}
