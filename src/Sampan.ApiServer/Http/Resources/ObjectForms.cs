using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The forms of a cached object beside its JSON; each is made once per version and kept with it.</summary>
internal static class ObjectForms
{
    private static readonly object ProtobufKey = new();
    private static readonly object PartialKey = new();
    private static readonly object PartialBetaKey = new();

    /// <summary>The protobuf message without its envelope, as lists carry it.</summary>
    public static byte[] ProtobufMessage(CachedObject cached) => cached.Form(ProtobufKey, static version =>
    {
        using var writer = new ProtoWriter();
        version.Kind.WriteProto(version.Object, writer);
        return writer.ToArray();
    });

    /// <summary>The protobuf document with its envelope.</summary>
    public static byte[] Protobuf(CachedObject cached) => Envelope(cached.Kind.ApiVersion, cached.Kind.Kind, ProtobufMessage(cached));

    public static byte[] Envelope(string apiVersion, string kind, ReadOnlySpan<byte> message)
    {
        using var writer = new ProtoWriter();
        var mark = ProtoEnvelope.Begin(writer, apiVersion, kind);
        writer.WriteRaw(message);
        ProtoEnvelope.End(writer, mark);
        return writer.ToArray();
    }

    /// <summary>The object's metadata as a PartialObjectMetadata of meta.k8s.io/v1, or v1beta1, which differs by its name alone.</summary>
    public static CachedObject Partial(CachedObject cached, string viewVersion) => viewVersion == "v1beta1"
        ? cached.Form(PartialBetaKey, static version => PartialOf(version, "meta.k8s.io/v1beta1"))
        : cached.Form(PartialKey, static version => PartialOf(version, PartialObjectMetadata.Info.ApiVersion));

    /// <summary>The protobuf document of a <see cref="Partial"/>.</summary>
    public static byte[] PartialProtobuf(CachedObject partial, string viewVersion) =>
        Envelope($"meta.k8s.io/{viewVersion}", partial.Kind.Kind, ProtobufMessage(partial));

    private static CachedObject PartialOf(CachedObject version, string apiVersion)
    {
        var partial = new PartialObjectMetadata { Metadata = version.Object.Metadata.DeepClone() };
        partial.Metadata.ResourceVersion = "";
        var json = apiVersion == PartialObjectMetadata.Info.ApiVersion ? JsonCodec.Encode(partial) : OfVersion(partial, apiVersion);
        return CachedObject.Create(PartialObjectMetadata.Info, version.Revision, json, partial);
    }

    private static byte[] OfVersion(PartialObjectMetadata partial, string apiVersion)
    {
        var json = Tree(partial);
        json["apiVersion"] = apiVersion;
        return JsonTree.Encode(json);
    }

    /// <summary>A part of an object as a JSON tree.</summary>
    public static JsonObject Tree<T>(T value)
        where T : IWireValue<T> => JsonTree.ParseObject(JsonCodec.Encode(value));

    public static byte[] Encode(ITyped value) => JsonCodec.Encode(value);
}
