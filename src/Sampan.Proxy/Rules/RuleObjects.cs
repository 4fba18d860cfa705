namespace Sampan.Proxy.Rules;

/// <summary>What one frontend puts into the tables: all of it is its own, except the chains that choose among n endpoints.</summary>
internal sealed class RuleObjects
{
    public static RuleObjects None { get; } = new();

    public List<Element> Elements { get; } = [];

    /// <summary>Which endpoint each index means to the chains that choose.</summary>
    public List<Element> Indexes { get; } = [];

    public List<Chain> Chains { get; } = [];

    public List<NamedSet> Sets { get; } = [];

    /// <summary>Chains that other frontends use as well; once made they stay.</summary>
    public List<Chain> SharedChains { get; } = [];
}
