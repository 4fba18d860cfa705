using System.Text.Json.Nodes;

namespace ModelGen;

/// <summary>Finds what discovery says about a kind.</summary>
internal static class KindReader
{
    public static ModelKind Read(Reference reference, string group, string version, string kind)
    {
        JsonArray resources = reference.Resources.GetValueOrDefault(group.Length == 0 ? version : $"{group}/{version}") ?? [];
        JsonObject? main = resources.Select(r => r!.AsObject())
            .FirstOrDefault(r => (string)r["kind"]! == kind && !((string)r["name"]!).Contains('/', StringComparison.Ordinal));
        if (main is null)
        {
            return new ModelKind(group, version);
        }

        ModelKind model = new(group, version)
        {
            Plural = (string)main["name"]!,
            Singular = (string)main["singularName"]!,
            Namespaced = (bool)main["namespaced"]!,
            ShortNames = Strings(main, "shortNames"),
            Categories = Strings(main, "categories"),
            Verbs = Strings(main, "verbs"),
            StorageVersionHash = (string?)main["storageVersionHash"],
        };
        string prefix = model.Plural + "/";
        foreach (JsonObject sub in resources.Select(r => r!.AsObject()).Where(r => ((string)r["name"]!).StartsWith(prefix, StringComparison.Ordinal)))
        {
            model.Subresources.Add(new ModelSubresource(
                ((string)sub["name"]!)[prefix.Length..],
                (string?)sub["group"] ?? group,
                (string?)sub["version"] ?? version,
                (string)sub["kind"]!,
                Strings(sub, "verbs")));
        }

        return model;
    }

    private static List<string> Strings(JsonObject resource, string name) => [.. resource[name]?.AsArray().Select(s => (string)s!) ?? []];
}
