using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Tests.Validation;

namespace Sampan.ApiServer.Tests.Defaults;

/// <summary>What every kind of the usual groups has when its author does not say: defaults.yaml, the whole of it and nothing else.</summary>
public sealed class DefaultsTests(ValidationServer server) : IClassFixture<ValidationServer>
{
    private static readonly string[] Groups =
        ["", "apps", "batch", "networking.k8s.io", "autoscaling", "policy", "rbac.authorization.k8s.io", "storage.k8s.io"];

    private static readonly Dictionary<string, JsonObject> All = YamlTree.Parse(File.ReadAllText(Source()))!.AsArray()
        .ToDictionary(one => (string)one!["name"]!, one => one!.AsObject());

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_Minimum_IsExactlyThis(string name)
    {
        var given = All[name]["object"]!.AsObject();
        var resource = server.Catalog.Of(KindOf(given));
        var obj = (IObject)JsonCodec.Decode(resource.Kind, JsonTree.Encode(given));
        var expected = Json(obj);
        Merge(expected, All[name]["defaults"]?.AsObject() ?? []);
        resource.Strategy.Default(obj);
        Assert.Equal(Text(expected), Text(Json(obj)));
        resource.Strategy.Default(obj);
        Assert.Equal(Text(expected), Text(Json(obj)));
    }

    [Fact]
    public void Names_EveryStoredKindOfTheGroups_IsThere()
    {
        var shown = All.Values.Select(one => KindOf(one["object"]!.AsObject())).ToHashSet();
        var missing = server.Catalog.All.Where(one => one.Review is null && one.Computed is null && Groups.Contains(one.Kind.Group))
            .Select(one => one.Kind).Where(kind => !shown.Contains(kind)).Select(kind => $"{kind.ApiVersion} {kind.Kind}");
        Assert.Empty(missing);
    }

    private static KindInfo KindOf(JsonObject obj) =>
        Kinds.Find(GroupVersionKind.FromApiVersion((string)obj["apiVersion"]!, (string)obj["kind"]!))!;

    private static JsonObject Json(IObject obj)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonCodec.Encode(obj, output);
        return JsonTree.ParseObject(output.WrittenSpan);
    }

    private static string Text(JsonObject obj) => new JsonObject(Sorted(obj)).ToJsonString(new() { WriteIndented = true });

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Sorted(JsonObject obj) =>
        obj.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, Sorted(one.Value)));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(Sorted(obj)),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Adds what is expected beside what was given; lists of the same length item by item.</summary>
    private static void Merge(JsonObject target, JsonObject added)
    {
        foreach (var (name, value) in added)
        {
            switch (target[name], value)
            {
                case (JsonObject inner, JsonObject more):
                    Merge(inner, more);
                    break;
                case (JsonArray items, JsonArray more) when items.Count == more.Count && more.All(item => item is JsonObject):
                    foreach (var (item, extra) in items.Zip(more))
                    {
                        Merge(item!.AsObject(), extra!.AsObject());
                    }
                    break;
                default:
                    target[name] = value?.DeepClone();
                    break;
            }
        }
    }

    private static string Source([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "defaults.yaml");
}
