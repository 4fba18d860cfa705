namespace Sampan.ApiServer.OpenApi;

/// <summary>Names of operations: <c>listAppsV1NamespacedDeployment</c>; generated clients call their methods so.</summary>
internal sealed class OperationNames
{
    private readonly string _middle;

    public OperationNames(string group, string version)
    {
        var words = GroupWords(group);
        _middle = string.Concat(words.Select(Capital)) + Capital(version);
        Tag = $"{words[0]}{string.Concat(words.Skip(1).Select(Capital))}_{version}";
    }

    /// <summary>The group's name for documents: <c>apps_v1</c>, <c>rbacAuthorization_v1</c>.</summary>
    public string Tag { get; }

    public string Of(string verb, string scope, string kind, string suffix = "") => $"{verb}{_middle}{scope}{kind}{suffix}";

    /// <summary>The words of a group's name without its domain: rbac, Authorization.</summary>
    public static string[] GroupWords(string group)
    {
        if (group.Length == 0)
            return ["core"];
        var name = group.EndsWith(".k8s.io", StringComparison.Ordinal) ? group[..^".k8s.io".Length] : group;
        return name.Split('.');
    }

    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
