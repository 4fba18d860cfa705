using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Tests.Patch;

/// <summary>What holds for any document and any patch.</summary>
public class PatchPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void MergePatch_Twice_IsTheSameAsOnce() => Check.One(Many, Prop.ForAll(Arb.From(Objects(3)), Arb.From(Objects(3)), (document, patch) =>
    {
        JsonObject once = Copy(document);
        JsonMergePatch.Merge(once, Copy(patch));
        JsonObject twice = Copy(once);
        JsonMergePatch.Merge(twice, Copy(patch));
        return JsonTree.DeepEquals(once, twice);
    }));

    [Fact]
    public void MergePatch_OntoNothing_DropsNulls() => Check.One(Many, Prop.ForAll(Arb.From(Objects(3)), patch =>
    {
        JsonObject document = [];
        JsonMergePatch.Merge(document, Copy(patch));
        return !HasNullField(document);
    }));

    [Fact]
    public void StrategicPatch_AnyPatch_AppliesOrIsRefused() => Check.One(Many, Prop.ForAll(Arb.From(Objects(4)), Arb.From(Objects(4)), (document, patch) =>
        Survives(() => StrategicMergePatch.Merge(Copy(document), Copy(patch), new TypeStructure(Pod.Schema)))));

    [Fact]
    public void StrategicPatch_Containers_MergeOntoThemselvesUnchanged() => Check.One(Many, Prop.ForAll(Arb.From(Containers), containers =>
    {
        JsonObject document = new() { ["spec"] = new JsonObject { ["containers"] = containers.DeepClone() } };
        JsonObject result = StrategicMergePatch.Merge(Copy(document), Copy(document), new TypeStructure(Pod.Schema));
        return JsonTree.DeepEquals(document, result);
    }));

    [Fact]
    public void JsonPatch_AnyPatch_AppliesOrIsRefused() => Check.One(Many, Prop.ForAll(Arb.From(Objects(3)), Arb.From(Operations), (document, operations) =>
        Survives(() => JsonPatch.Apply(Copy(document), Encoding.UTF8.GetBytes(operations.ToJsonString())))));

    private static Gen<string> Names => Gen.Elements(
        "a", "b", "spec", "containers", "name", "env", "metadata", "finalizers", "labels", "$patch", "$retainKeys", "$setElementOrder/containers",
        "$setElementOrder/finalizers", "$deleteFromPrimitiveList/finalizers");

    private static Gen<JsonNode?> Scalars => Gen.Elements<object?>(null, "x", "y", "delete", "replace", "merge", 1, true)
        .Select(value => value is null ? null : (JsonNode?)JsonValue.Create(value)?.DeepClone());

    private static Gen<JsonArray> Containers => Gen.SubListOf("a", "b", "c", "d")
        .Select(names => new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name, ["image"] = name + ":1" })]));

    private static Gen<JsonArray> Operations =>
        (from op in Gen.Elements("add", "remove", "replace", "test", "move", "copy", "swap")
         from path in Gen.Elements("/a", "/b/0", "/spec/-", "/spec/name", "", "x", "/a/b/c", "/b/-1", "/~0~1")
         from source in Gen.Elements("/a", "/b", "/spec", "/nowhere")
         from value in Values(2)
         select (JsonNode?)new JsonObject { ["op"] = op, ["path"] = path, ["from"] = source, ["value"] = value?.DeepClone() })
        .ListOf().Select(list => new JsonArray([.. list.Select(item => item!.DeepClone())]));

    private static Gen<JsonObject> Objects(int depth) =>
        (from name in Names from value in Values(depth - 1) select (name, value)).ListOf().Select(pairs =>
        {
            JsonObject map = [];
            foreach ((string name, JsonNode? value) in pairs.Take(5))
            {
                map[name] = value?.DeepClone();
            }

            return map;
        });

    private static Gen<JsonNode?> Values(int depth) => depth <= 0 ? Scalars : Gen.OneOf(
        Scalars,
        Objects(depth).Select(map => (JsonNode?)map),
        Values(depth - 1).ListOf().Select(list => (JsonNode?)new JsonArray([.. list.Take(4).Select(item => item?.DeepClone())])));

    private static JsonObject Copy(JsonObject map) => (JsonObject)map.DeepClone();

    private static bool HasNullField(JsonObject map) => map.Any(pair => pair.Value is null || (pair.Value is JsonObject nested && HasNullField(nested)));

    private static bool Survives(Action apply)
    {
        try
        {
            apply();
        }
        catch (StatusException)
        {
            // What a bad patch deserves.
        }

        return true;
    }
}
