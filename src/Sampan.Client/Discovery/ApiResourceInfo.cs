namespace Sampan.Client.Discovery;

/// <summary>One resource (or subresource) as discovery shows it.</summary>
public sealed record ApiResourceInfo(
    GroupVersionResource Resource,
    string Kind,
    string SingularName,
    bool Namespaced,
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> ShortNames,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Subresources)
{
    public bool Can(string verb) => Verbs.Contains(verb);
}
