using System.Text.Json.Nodes;
using Sampan.ApiServer.OpenApi;
using Sampan.ApiServer.Tests.Discovery;

namespace Sampan.ApiServer.Tests.OpenApi;

/// <summary>The documents for every kind in the model have upstream's structure; the words are our own.</summary>
public sealed class OpenApiReferenceTests
{
    private static readonly OpenApiSnapshot Snapshot = new(DiscoveryReferenceTests.AllResources());
    private static readonly Lazy<JsonNode> Swagger = new(() => JsonNode.Parse(Snapshot.V2.Json)!);

    /// <summary>The paths of the documents to compare; one empty path, which skips, when the reference is absent.</summary>
    public static TheoryData<string> Documents => Reference.IsPresent
        ? new(Directory.EnumerateFiles(Path.Combine(Reference.Directory("openapi"), "v3"))
            .Select(f => Path.GetFileName(f)[..^"_openapi.json".Length].Replace("__", "/", StringComparison.Ordinal))
            .Where(p => Snapshot.Find(p) is not null))
        : new("");

    [Fact]
    public void V2_Schemas_HaveUpstreamsStructure() => AssertSchemas(
        ExpectedSwagger()["definitions"]!, Swagger.Value["definitions"]!, _ => false);

    [Fact]
    public void V2_Operations_EqualUpstream() => AssertOperations(
        ExpectedSwagger(), Swagger.Value, o => o.Contains(" /logs", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void V3_Document_HasUpstreamsStructure(string path)
    {
        var file = Path.Combine(Reference.Directory("openapi"), "v3", path.Replace("/", "__", StringComparison.Ordinal) + "_openapi.json");
        var expected = JsonNode.Parse(File.ReadAllText(file))!;
        var actual = JsonNode.Parse(Snapshot.Find(path)!.Json)!;
        AssertSchemas(expected["components"]!["schemas"] ?? new JsonObject(), actual["components"]!["schemas"] ?? new JsonObject(), _ => false);
        AssertOperations(expected, actual, _ => false);
    }

    [Fact]
    public void Documents_CoverTheModel()
    {
        Assert.NotEmpty(Reference.Directory("openapi"));
        Assert.True(Documents.Count > 40);
    }

    private static JsonNode ExpectedSwagger() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Reference.Directory("openapi"), "swagger.json")))!;

    private static void AssertSchemas(JsonNode expected, JsonNode actual, Func<string, bool> isLeftOut)
    {
        var problems = new List<string>();
        foreach (var (name, schema) in expected.AsObject())
        {
            if (isLeftOut(name))
                continue;
            var (left, right) = (OpenApiComparison.Schema(schema), OpenApiComparison.Schema(actual[name]));
            if (!JsonNode.DeepEquals(left, right) && !HasKindsOf(left, right))
                problems.Add($"{name}\n  expected {left?.ToJsonString()}\n  actual   {right?.ToJsonString() ?? "absent"}");
        }

        problems.AddRange(actual.AsObject().Where(s => expected[s.Key] is null).Select(s => $"{s.Key} is not upstream's"));
        Assert.True(problems.Count == 0, $"{problems.Count} problems\n{string.Join('\n', problems.Take(40))}");
    }

    /// <summary>Options and events have a kind in each version; upstream also lists versions that it no longer serves.</summary>
    private static bool HasKindsOf(JsonNode? left, JsonNode? right)
    {
        const string Kinds = "x-kubernetes-group-version-kind";
        if (left?[Kinds] is not JsonArray expected || right?[Kinds] is not JsonArray actual)
            return false;
        var names = expected.Select(k => k!.ToJsonString()).ToHashSet();
        left.AsObject().Remove(Kinds);
        right.AsObject().Remove(Kinds);
        return JsonNode.DeepEquals(left, right) && actual.Count > 1 && actual.Select(k => k!.ToJsonString()).All(names.Contains);
    }

    private static void AssertOperations(JsonNode expected, JsonNode actual, Func<string, bool> isLeftOut)
    {
        var (left, right) = (OpenApiComparison.Operations(expected), OpenApiComparison.Operations(actual));
        var problems = left.Where(o => !isLeftOut(o.Key) && right.GetValueOrDefault(o.Key) != o.Value)
            .Select(o => $"{o.Key}\n  expected {o.Value}\n  actual   {right.GetValueOrDefault(o.Key) ?? "absent"}")
            .Concat(right.Keys.Where(o => !left.ContainsKey(o)).Select(o => $"{o} is not upstream's"))
            .ToList();
        Assert.True(problems.Count == 0, $"{problems.Count} problems\n{string.Join('\n', problems.Take(40))}");
    }
}
