namespace Sampan.Proxy.Tests.Fakes;

/// <summary>One table of the fake: chains with rules, sets and maps with elements, all as text.</summary>
internal sealed class FakeTable
{
    public Dictionary<string, List<string>> Chains { get; } = [];

    /// <summary>Elements of maps and sets; a set's elements have the value "".</summary>
    public Dictionary<string, Dictionary<string, string>> Maps { get; } = [];

    public FakeTable Clone()
    {
        var copy = new FakeTable();
        foreach (var (name, rules) in Chains) copy.Chains[name] = [.. rules];
        foreach (var (name, elements) in Maps) copy.Maps[name] = new Dictionary<string, string>(elements);
        return copy;
    }
}
