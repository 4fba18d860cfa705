using System.Text.Json.Nodes;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>What a provider wants of the service account of the pod whose image it gives a login for.</summary>
/// <param name="Audience">Whom the account's token is for.</param>
/// <param name="CacheType">Whether logins hold for the account or only as long as its token.</param>
/// <param name="IsRequired">Pods without an account get no login; null where the file does not say.</param>
/// <param name="RequiredAnnotations">The provider is asked only for accounts that have all of these.</param>
/// <param name="OptionalAnnotations">It sees these too.</param>
internal sealed record TokenAttributes(
    string Audience, string CacheType, bool? IsRequired, IReadOnlyList<string> RequiredAnnotations, IReadOnlyList<string> OptionalAnnotations)
{
    public const string ByAccount = "ServiceAccount";
    public const string ByToken = "Token";

    private static readonly string[] CacheTypes = [ByAccount, ByToken];

    public static TokenAttributes? Read(JsonNode? node) => node is not JsonObject attributes
        ? null
        : new(
            (string?)attributes["serviceAccountTokenAudience"] ?? "",
            (string?)attributes["cacheType"] ?? "",
            (bool?)attributes["requireServiceAccount"],
            Texts(attributes["requiredServiceAccountAnnotationKeys"]),
            Texts(attributes["optionalServiceAccountAnnotationKeys"]));

    /// <summary>Why it cannot be used; null where it can.</summary>
    public string? Problem(string apiVersion)
    {
        const string place = "tokenAttributes";
        return this switch
        {
            { Audience: "" } => $"{place}.serviceAccountTokenAudience: Required value",
            { IsRequired: null } => $"{place}.requireServiceAccount: Required value",
            _ when apiVersion != ProviderConfiguration.V1 => $"{place}: Forbidden: tokenAttributes is only supported for {ProviderConfiguration.V1} API version",
            { IsRequired: false, RequiredAnnotations.Count: > 0 } => $"{place}.requiredServiceAccountAnnotationKeys: Forbidden: requireServiceAccount cannot be false when requiredServiceAccountAnnotationKeys is set",
            _ when RequiredAnnotations.Intersect(OptionalAnnotations).Any() => $"{place}: Invalid value: [\"{string.Join("\",\"", RequiredAnnotations.Intersect(OptionalAnnotations).Order(StringComparer.Ordinal))}\"]: annotation keys cannot be both required and optional",
            { CacheType: "" } => $"{place}.cacheType: Required value: cacheType is required to be set when tokenAttributes is specified. Supported values are: {string.Join(", ", CacheTypes)}",
            _ when !CacheTypes.Contains(CacheType) => $"{place}.cacheType: Unsupported value: \"{CacheType}\": supported values: \"{string.Join("\", \"", CacheTypes)}\"",
            _ => null,
        };
    }

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(t => (string)t!)];
}
