using System.Buffers;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>What is known of a kind, and its codecs for code that does not know the type.</summary>
public abstract class KindInfo
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>The resource's name in paths; empty when the kind is not served as a resource of its own.</summary>
    public string Plural { get; init; } = "";

    public string Singular { get; init; } = "";

    public bool Namespaced { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The verbs that discovery lists for the resource.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    public IReadOnlyList<SubresourceInfo> Subresources { get; init; } = [];

    public string ListKind => Kind + "List";

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public GroupVersionKind GroupVersionKind => new(Group, Version, Kind);

    public GroupVersionResource GroupVersionResource => new(Group, Version, Plural);

    public GroupKind GroupKind => new(Group, Kind);

    public GroupResource GroupResource => new(Group, Plural);

    public abstract Type Type { get; }

    public abstract TypeSchema Schema { get; }

    public static KindInfo Of<T>()
        where T : class, ITyped<T> => T.Info;

    /// <summary>An empty object of the kind.</summary>
    public abstract ITyped New();

    public abstract ITyped ReadJson(ref Utf8JsonReader reader, JsonReadContext context);

    /// <summary>Reads the protobuf message without its envelope.</summary>
    public abstract ITyped ReadProto(ref ProtoReader reader);

    /// <summary>Writes the protobuf message without its envelope.</summary>
    public abstract void WriteProto(ITyped value, ProtoWriter writer);

    public abstract ITyped Clone(ITyped value);

    public abstract bool AreEqual(ITyped? left, ITyped? right);

    /// <summary>Decodes a document that is one object with metadata.</summary>
    public IObject DecodeJson(ReadOnlySpan<byte> json, JsonReadContext? context = null) => (IObject)JsonCodec.Decode(this, json, context);

    /// <summary>Decodes a protobuf message without its envelope.</summary>
    public IObject DecodeProto(ReadOnlySpan<byte> message)
    {
        ProtoReader reader = new(message);
        return (IObject)ReadProto(ref reader);
    }

    public void EncodeJson(ITyped value, IBufferWriter<byte> output)
    {
        if (!Type.IsInstanceOfType(value))
        {
            throw new ArgumentException($"{value.ApiVersion} {value.Kind} is not a {this}", nameof(value));
        }

        JsonCodec.Encode(value, output);
    }

    public override string ToString() => GroupVersionKind.ToString();
}

/// <inheritdoc/>
public sealed class KindInfo<T> : KindInfo
    where T : class, ITyped<T>, new()
{
    public override Type Type => typeof(T);

    public override TypeSchema Schema => T.Schema;

    public override ITyped New() => new T();

    public override ITyped ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => T.ReadJson(ref reader, context);

    public override ITyped ReadProto(ref ProtoReader reader) => T.ReadProto(ref reader);

    public override void WriteProto(ITyped value, ProtoWriter writer) => ((T)value).WriteProto(writer);

    public override ITyped Clone(ITyped value) => ((T)value).DeepClone();

    public override bool AreEqual(ITyped? left, ITyped? right) => left is null ? right is null : ((T)left).DeepEquals((T?)right);
}
