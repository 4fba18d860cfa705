using System.Runtime.CompilerServices;
using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authorization.Bootstrap;

namespace Sampan.ApiServer.Tests.Authorization;

/// <summary>
/// What a new cluster allows whom: a line for each rule and subject, compared with upstream's lists for v1.36. UPDATE_GOLDEN=1 writes
/// the file, to be read before it is kept.
/// </summary>
public sealed class BootstrapPolicyTests
{
    [Fact]
    public void All_RulesAndSubjects_AreThoseOfADefaultCluster()
    {
        string[] lines =
        [
            .. BootstrapPolicy.ClusterRoles.SelectMany(role => Rules(role.Metadata.Name!, role.Rules, role)),
            .. BootstrapPolicy.Roles.SelectMany(role => Rules($"{role.Metadata.Namespace}/{role.Metadata.Name}", role.Rules, null)),
            .. BootstrapPolicy.ClusterRoleBindings.Select(one => Subjects(one.Metadata.Name!, one.RoleRef, one.Subjects)),
            .. BootstrapPolicy.RoleBindings.Select(one => Subjects($"{one.Metadata.Namespace}/{one.Metadata.Name}", one.RoleRef, one.Subjects)),
        ];
        var actual = string.Join('\n', lines.Order(StringComparer.Ordinal)) + "\n";
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "testdata", "bootstrap-policy.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IEnumerable<string> Rules(string name, List<PolicyRule>? rules, ClusterRole? role)
    {
        foreach (var label in (role?.Metadata.Labels).OrEmpty().Keys.Where(key => key.Contains("aggregate-to", StringComparison.Ordinal)))
            yield return $"{name} | part of {label[(label.LastIndexOf('-') + 1)..]}";
        foreach (var selector in (role?.AggregationRule?.ClusterRoleSelectors).OrEmpty())
            yield return $"{name} | made of {selector.MatchLabels!.Keys.Single()}";
        foreach (var rule in rules.OrEmpty())
            yield return $"{name} | {Words(rule.Verbs)} | {What(rule)}";
    }

    private static string What(PolicyRule rule) => rule.NonResourceURLs.OrEmpty().Count > 0
        ? Words(rule.NonResourceURLs)
        : $"{Words([.. rule.ApiGroups.OrEmpty().Select(group => group.Length == 0 ? "core" : group)])} | {Words(rule.Resources)}"
            + (rule.ResourceNames.OrEmpty().Count > 0 ? $" | {Words(rule.ResourceNames)}" : "");

    private static string Subjects(string name, RoleRef role, List<Subject>? subjects) =>
        $"{name} > {role.Kind} {role.Name}: {string.Join(", ", subjects.OrEmpty().Select(one => $"{one.Kind} {(one.Namespace is { Length: > 0 } ns ? ns + "/" : "")}{one.Name}"))}";

    private static string Words(List<string>? words) => string.Join(' ', words.OrEmpty());

    private static string Here([CallerFilePath] string path = "") => path;
}
