using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Volumes that nothing provides any more, and files that would lie in one another's way.</summary>
internal static class VolumeWarnings
{
    /// <summary>So many files of a volume are compared with each other.</summary>
    private const int MaxCompared = 1000;

    /// <summary>What to know of a kind of source, by its field.</summary>
    private static readonly Dictionary<string, string> Deprecated = new()
    {
        ["photonPersistentDisk"] = "deprecated in v1.11, non-functional in v1.16+",
        ["gitRepo"] = "deprecated in v1.11, and disabled by default in v1.33+",
        ["scaleIO"] = "deprecated in v1.16, non-functional in v1.22+",
        ["flocker"] = "deprecated in v1.22, non-functional in v1.25+",
        ["storageos"] = "deprecated in v1.22, non-functional in v1.25+",
        ["quobyte"] = "deprecated in v1.22, non-functional in v1.25+",
        ["glusterfs"] = "deprecated in v1.25, non-functional in v1.26+",
        ["cephfs"] = "deprecated in v1.28, non-functional in v1.31+",
        ["rbd"] = "deprecated in v1.28, non-functional in v1.31+",
    };

    public static IEnumerable<string> Of(IReadOnlyList<Volume> volumes, FieldPath path) =>
    [
        .. volumes.Index().SelectMany(one => OfSource(one.Item, path.Index(one.Index))),
        .. volumes.SelectMany(Overlaps),
    ];

    /// <summary>Whether the source of that field still does anything. One source's place is spelt as its class is, not as its field is.</summary>
    public static IEnumerable<string> OfSource(string name, FieldPath path) =>
        Deprecated.TryGetValue(name, out var warning) ? [$"{path.Child(name == "storageos" ? "storageOS" : name)}: {warning}"] : [];

    private static IEnumerable<string> OfSource(Volume volume, FieldPath path)
    {
        foreach (var warning in OfSource(VolumeSources.Of(volume).FirstOrDefault(source => source.Value is not null).Name ?? "", path))
        {
            yield return warning;
        }
        if (volume.Ephemeral?.VolumeClaimTemplate is { } template)
        {
            foreach (var fraction in FractionalWarnings.OfClaim(template.Spec, path.Child("ephemeral", "volumeClaimTemplate", "spec")))
            {
                yield return fraction;
            }
        }
    }

    private static IEnumerable<string> Overlaps(Volume volume)
    {
        (string What, IEnumerable<(string Path, string Source)> Files) shown = volume switch
        {
            { ConfigMap: { } map } => ($"ConfigMap {GoText.Quote(map.Name)}", Files(map.Items, "")),
            { Secret: { } secret } => ($"Secret {GoText.Quote(secret.SecretName)}", Files(secret.Items, "")),
            { DownwardAPI: { } downward } => ("DownwardAPI", downward.Items.OrEmpty().Select(item => (item.Path, ""))),
            { Projected: { } projected } => ("Projected", projected.Sources.OrEmpty().SelectMany(FilesOf)),
            _ => ("", []),
        };
        var seen = new List<(string Path, string Source)>();
        foreach (var (path, source) in shown.Files.Select(file => (file.Path.TrimEnd('/'), file.Source)).Take(MaxCompared))
        {
            foreach (var other in seen.Where(one => Overlap(one.Path, path)))
            {
                yield return $"volume {GoText.Quote(volume.Name)} ({shown.What}): overlapping paths: {Show(path, source)} with {Show(other.Path, other.Source)}";
            }
            seen.Add((path, source));
        }
    }

    private static IEnumerable<(string Path, string Source)> FilesOf(VolumeProjection source) => source switch
    {
        { ConfigMap.Items: { } items } => Files(items, $"ConfigMap {GoText.Quote(source.ConfigMap.Name)}"),
        { Secret.Items: { } items } => Files(items, $"Secret {GoText.Quote(source.Secret.Name)}"),
        { DownwardAPI.Items: { } items } => items.Select(item => (item.Path, "DownwardAPI")),
        { ServiceAccountToken: { } token } => [(token.Path, "ServiceAccountToken")],
        { ClusterTrustBundle: { } bundle } => [(bundle.Path, $"ClusterTrustBundle {GoText.Quote(bundle.Name ?? bundle.SignerName)}")],
        _ => [],
    };

    private static IEnumerable<(string Path, string Source)> Files(List<KeyToPath>? items, string source) =>
        items.OrEmpty().Select(item => (item.Path, source));

    /// <summary>Whether they are the same path, or one leads to the other.</summary>
    private static bool Overlap(string a, string b)
    {
        var (longer, shorter) = a.Length < b.Length ? (b, a) : (a, b);
        return longer.StartsWith(shorter, StringComparison.Ordinal) && (longer.Length == shorter.Length || longer[shorter.Length] == '/');
    }

    private static string Show(string path, string source) => source.Length == 0 ? GoText.Quote(path) : $"{GoText.Quote(path)} ({source})";
}
