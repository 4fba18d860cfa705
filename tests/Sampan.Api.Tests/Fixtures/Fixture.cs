using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Fixtures;

/// <summary>One object in its three forms, decoded from each.</summary>
internal sealed record Fixture(KindInfo Kind, byte[] Proto, string JsonText, ITyped FromJson, ITyped FromYaml, ITyped FromProto, IReadOnlyList<string> StrictErrors)
{
    public static Fixture Load(string name)
    {
        Assert.SkipWhen(name.Length == 0, ReferenceDirectory.Missing);
        string path = Path.Combine(ReferenceDirectory.Fixtures!, name);
        byte[] json = File.ReadAllBytes(path + ".json");
        byte[] proto = File.ReadAllBytes(path + ".pb");
        KindInfo kind = FindKind(name);
        JsonReadContext context = new(FieldValidation.Strict);
        ITyped fromJson = JsonCodec.Decode(kind, json, context);
        ITyped fromYaml = YamlCodec.Decode(kind, File.ReadAllBytes(path + ".yaml"));
        return new Fixture(kind, proto, JsonNode.Parse(json)!.ToJsonString(), fromJson, fromYaml, ProtoCodec.Decode(proto), context.StrictErrors);
    }

    private static KindInfo FindKind(string name)
    {
        string[] parts = name.Split('.');
        string group = string.Join('.', parts[..^2]);
        GroupVersionKind kind = new(group == "core" ? "" : group, parts[^2], parts[^1]);
        return Kinds.Find(kind) ?? throw new InvalidOperationException($"{kind} is not modelled");
    }
}
