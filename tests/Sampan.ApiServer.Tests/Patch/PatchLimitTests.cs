using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Tests.Patch;

public class PatchLimitTests
{
    [Fact]
    public void JsonPatch_TooManyOperations_IsRefused()
    {
        string patch = $"[{string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/a","value":1}""", 10_001))}]";
        StatusException refused = Assert.Throws<StatusException>(() => JsonPatch.Apply(new JsonObject { ["a"] = 1 }, Encoding.UTF8.GetBytes(patch)));
        Assert.Equal((413, "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001"), (refused.Code, refused.Message));
    }

    [Fact]
    public void JsonPatch_CopiesThatGrow_AreRefused()
    {
        JsonObject document = new() { ["a"] = new string('x', 1_000_000) };
        string patch = $"[{string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"op":"copy","from":"/a","path":"/b{{i}}"}"""))}]";
        Assert.Equal(422, Assert.Throws<StatusException>(() => JsonPatch.Apply(document, Encoding.UTF8.GetBytes(patch))).Code);
    }

    /// <summary>What each element costs does not depend on how many others there are: otherwise this would take hours.</summary>
    [Fact]
    public void StrategicPatch_ManyElements_AreMerged()
    {
        const int Many = 100_000;
        JsonObject document = new() { ["spec"] = new JsonObject { ["containers"] = Containers(0, Many), ["x"] = 1 } };
        JsonObject patch = new() { ["spec"] = new JsonObject { ["containers"] = Containers(Many / 2, Many), ["$setElementOrder/containers"] = Containers(Many / 2, Many) } };
        JsonObject merged = StrategicMergePatch.Merge(document, patch, new TypeStructure(Pod.Schema));
        Assert.Equal(Many * 3 / 2, merged["spec"]!["containers"]!.AsArray().Count);

        JsonObject deletion = new() { ["spec"] = new JsonObject { ["containers"] = Containers(0, Many, isDeletion: true) } };
        merged = StrategicMergePatch.Merge(merged, deletion, new TypeStructure(Pod.Schema));
        Assert.Equal(Many / 2, merged["spec"]!["containers"]!.AsArray().Count);
    }

    /// <summary>Nor does it what each property costs that a patch changes or takes away.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnyPatch_ManyProperties_AreMergedAndRemoved(bool strategic)
    {
        const int Many = 300_000;
        JsonObject document = new() { ["data"] = Properties(0, Many, "old") };
        Merge(new JsonObject { ["data"] = Properties(Many / 3, Many, "new") });
        JsonObject data = (JsonObject)document["data"]!;
        Assert.Equal((Many * 4 / 3, "old", "new"), (data.Count, (string?)data["k0"], (string?)data[$"k{Many - 1}"]));

        Merge(new JsonObject { ["data"] = Properties(1, Many, null) });
        data = (JsonObject)document["data"]!;
        Assert.Equal((Many / 3, "old", false), (data.Count, (string?)data["k0"], data.ContainsKey("k1")));

        void Merge(JsonObject patch)
        {
            if (strategic)
            {
                document = StrategicMergePatch.Merge(document, patch, new TypeStructure(ConfigMap.Schema));
            }
            else
            {
                JsonMergePatch.Merge(document, patch);
            }
        }
    }

    private static JsonObject Properties(int first, int count, string? value) =>
        new(Enumerable.Range(first, count).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)value)));

    /// <summary>Ports are told apart by their numbers, which a request's body and the stored object may keep as different types.</summary>
    [Fact]
    public void StrategicPatch_ElementsKeyedByNumbers_AreMerged()
    {
        const int Many = 60_000;
        JsonObject document = new() { ["spec"] = new JsonObject { ["ports"] = new JsonArray([.. Enumerable.Range(1, Many).Select(i => new JsonObject { ["port"] = (long)i })]) } };
        string ports = string.Join(',', Enumerable.Range(1, Many).Select(i => $$"""{"port":{{i}}.0,"name":"p{{i}}" }"""));
        string patch = """{"spec":{"ports":[PORTS]}}""".Replace("PORTS", ports, StringComparison.Ordinal);
        JsonObject merged = StrategicMergePatch.Apply(document, Encoding.UTF8.GetBytes(patch), new TypeStructure(Service.Schema));
        Assert.Equal((Many, "p9"), (merged["spec"]!["ports"]!.AsArray().Count, (string?)merged["spec"]!["ports"]![8]!["name"]));
    }

    private static JsonArray Containers(int first, int count, bool isDeletion = false) => new([.. Enumerable.Range(first, count).Select(i =>
    {
        JsonObject container = new() { ["name"] = $"c{i}" };
        if (isDeletion) container["$patch"] = "delete";
        return container;
    })]);

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public void AnyPatch_NoJson_IsABadRequest(string patch)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(patch);
        Assert.Equal(400, Assert.Throws<StatusException>(() => JsonPatch.Apply(new JsonObject(), bytes)).Code);
        Assert.Equal(400, Assert.Throws<StatusException>(() => JsonMergePatch.Apply([], bytes)).Code);
        Assert.Equal(400, Assert.Throws<StatusException>(() => StrategicMergePatch.Apply([], bytes, new TypeStructure(new TypeSchema("x")))).Code);
    }
}
