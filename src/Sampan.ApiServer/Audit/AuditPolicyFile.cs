using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Audit;

/// <summary>Reads an audit policy as upstream writes it: YAML or JSON, audit.k8s.io/v1.</summary>
internal static class AuditPolicyFile
{
    /// <exception cref="FormatException">The text is no audit policy; the message says where.</exception>
    public static AuditPolicy Parse(string text, string file)
    {
        if (YamlTree.Parse(text) is not JsonObject policy || (string?)policy["kind"] != "Policy" || (string?)policy["apiVersion"] != "audit.k8s.io/v1")
        {
            throw new FormatException($"{file}: expected apiVersion audit.k8s.io/v1 and kind Policy");
        }
        var rules = (policy["rules"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (rules.Count == 0)
        {
            throw new FormatException($"{file}: the policy has no rules");
        }
        var omitted = Stages(policy, file);
        var omitsManagedFields = Flag(policy, "omitManagedFields") ?? false;
        return new AuditPolicy([.. rules.Select((rule, i) => Rule(rule, $"{file}: rules[{i}]", omitted, omitsManagedFields))]);
    }

    private static AuditRule Rule(JsonObject rule, string place, List<AuditStage> omitted, bool omitsManagedFields) =>
        new(Enum.TryParse<AuditLevel>((string?)rule["level"], out var level)
            ? level
            : throw new FormatException($"{place}: level must be None, Metadata, Request or RequestResponse"))
        {
            Users = Texts(rule, "users"),
            UserGroups = Texts(rule, "userGroups"),
            Verbs = Texts(rule, "verbs"),
            Namespaces = Texts(rule, "namespaces"),
            NonResourceUrls = Texts(rule, "nonResourceURLs"),
            Resources = [.. (rule["resources"] as JsonArray ?? []).OfType<JsonObject>().Select(one =>
                new AuditResources((string?)one["group"] ?? "", Texts(one, "resources"), Texts(one, "resourceNames")))],
            OmitStages = [.. omitted.Union(Stages(rule, place))],
            OmitManagedFields = Flag(rule, "omitManagedFields") ?? omitsManagedFields,
        };

    private static List<AuditStage> Stages(JsonObject from, string place) =>
    [
        .. Texts(from, "omitStages").Select(text => Enum.TryParse<AuditStage>(text, out var stage)
            ? stage : throw new FormatException($"{place}: unknown stage {text}")),
    ];

    private static List<string> Texts(JsonObject from, string name) =>
        [.. (from[name] as JsonArray ?? []).Select(one => one?.ToString() ?? "")];

    private static bool? Flag(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
