using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.Tests.Discovery;

/// <summary>Discovery of every kind in the model says what upstream's says.</summary>
public sealed class DiscoveryReferenceTests
{
    private static readonly DiscoverySnapshot Snapshot = new(AllResources(), "10.10.10.10:8050");

    [Fact]
    public void Resources_EveryVersion_EqualUpstream()
    {
        var checkedFiles = 0;
        foreach (var file in Directory.EnumerateFiles(Reference.Directory("discovery"), "*.json"))
        {
            var path = "/" + Path.GetFileNameWithoutExtension(file).Replace("__", "/", StringComparison.Ordinal);
            if (path.Count(c => c == '/') < 2 || Snapshot.Find(path) is not { } document)
                continue;
            AssertSame(path, JsonNode.Parse(File.ReadAllText(file))!, JsonNode.Parse(document.Json)!);
            checkedFiles++;
        }

        Assert.True(checkedFiles > 40, $"only {checkedFiles} documents were compared");
    }

    [Fact]
    public void Groups_AreOrderedAsUpstream()
    {
        var expected = Names(JsonNode.Parse(File.ReadAllText(Path.Combine(Reference.Directory("discovery"), "apis.json")))!["groups"]!);
        var actual = Names(JsonNode.Parse(Snapshot.Find("/apis")!.Json)!["groups"]!);
        Assert.Equal(expected.Where(actual.Contains), actual.Where(expected.Contains));
    }

    [Fact]
    public void Aggregated_EveryGroup_EqualsUpstream()
    {
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Reference.Directory("discovery"), "aggregated_v2.json")))!;
        var actual = JsonNode.Parse(Snapshot.FindAggregated("/apis", "v2")!.Json)!;
        var groups = actual["items"]!.AsArray().ToDictionary(g => (string)g!["metadata"]!["name"]!, g => g!);
        foreach (var group in expected["items"]!.AsArray())
        {
            var name = (string)group!["metadata"]!["name"]!;
            AssertSame(name, group, groups[name]);
        }
    }

    [Fact]
    public void StorageVersionHash_KnownKinds_EqualUpstream()
    {
        Assert.Equal("qFsyl6wFWjQ=", ServedResource.HashOf(new GroupVersionKind("", "v1", "ConfigMap")));
        Assert.Equal("qwQve8ut294=", ServedResource.HashOf(new GroupVersionKind("autoscaling", "v2", "HorizontalPodAutoscaler")));
    }

    [Fact]
    public void Versions_AreOrderedByStability()
    {
        string[] versions = ["foo", "v1alpha1", "v1beta1", "v10", "v1", "v2", "v1beta2", "bar", "v2alpha3"];
        Assert.Equal(
            ["v10", "v2", "v1", "v1beta2", "v1beta1", "v2alpha3", "v1alpha1", "bar", "foo"],
            versions.Order(VersionOrder.Instance));
    }

    /// <summary>All that upstream's API server serves; metrics.k8s.io comes from elsewhere.</summary>
    internal static IEnumerable<ServedResource> AllResources() =>
        Kinds.All.Where(k => k.Plural.Length > 0 && k.Group != "metrics.k8s.io").Select(k => ServedResource.Of(k, StorageOf(k)));

    /// <summary>The best version of a resource is the stored one.</summary>
    private static KindInfo? StorageOf(KindInfo kind) =>
        Kinds.All.Where(k => k.Plural == kind.Plural && k.Group == kind.Group).MinBy(k => k.Version, VersionOrder.Instance);

    private static List<string> Names(JsonNode groups) => groups.AsArray().Select(g => (string)g!["name"]!).ToList();

    private static void AssertSame(string what, JsonNode expected, JsonNode actual)
    {
        // Upstream leaves the version out of documents of the core group.
        if (expected["apiVersion"] is null)
            actual.AsObject().Remove("apiVersion");
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{what}\nexpected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
    }
}
