using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Tests.Fixtures;

/// <summary>
/// A kind with every field filled in, in each form a client can send. Only the metadata that no client may set is taken out, and the
/// name and namespace are ones that can be.
/// </summary>
internal sealed record FixtureForms(string Json, string Yaml, byte[] Protobuf)
{
    private const string Name = "fixture.example.com";

    public static FixtureForms Load(KindInfo kind)
    {
        var path = Path.Combine(Reference.Directory("fixtures"), $"{(kind.Group.Length == 0 ? "core" : kind.Group)}.{kind.Version}.{kind.Kind}");
        var json = Adapt((JsonObject)JsonNode.Parse(File.ReadAllBytes(path + ".json"))!, kind);
        var yaml = Adapt((JsonObject)YamlTree.Parse(File.ReadAllText(path + ".yaml"))!, kind);
        var typed = ProtoCodec.Decode(File.ReadAllBytes(path + ".pb"));
        if (typed is IObject obj)
        {
            var given = obj.Metadata;
            obj.Metadata = new()
            {
                Name = Name, Namespace = kind.Namespaced ? "default" : "", Labels = given.Labels, Annotations = given.Annotations,
                OwnerReferences = given.OwnerReferences, Finalizers = given.Finalizers, Generation = given.Generation,
            };
        }
        using var writer = new ProtoWriter();
        ProtoCodec.Encode(typed, writer);
        return new FixtureForms(json.ToJsonString(), YamlTree.Format(yaml), writer.WrittenSpan.ToArray());
    }

    private static JsonObject Adapt(JsonObject obj, KindInfo kind)
    {
        var metadata = obj["metadata"]!.AsObject();
        metadata["name"] = Name;
        metadata["namespace"] = kind.Namespaced ? "default" : "";
        foreach (var field in (string[])["generateName", "resourceVersion", "uid", "selfLink", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"])
        {
            metadata.Remove(field);
        }
        return obj;
    }
}
