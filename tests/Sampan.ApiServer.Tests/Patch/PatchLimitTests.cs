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
