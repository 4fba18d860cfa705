using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>Any JSON value, kept as written without white space.</summary>
public readonly struct JSON : IEquatable<JSON>, IWireValue<JSON>
{
    private readonly byte[]? _raw;

    /// <summary>Takes over bytes that hold one valid JSON value without surrounding white space.</summary>
    public JSON(byte[] raw) => _raw = raw;

    public bool IsEmpty => _raw is null or { Length: 0 };

    /// <summary>The value as UTF-8 JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Raw => _raw;

    public static bool operator ==(JSON left, JSON right) => left.Equals(right);

    public static bool operator !=(JSON left, JSON right) => !left.Equals(right);

    /// <summary>Checks the text and removes its white space.</summary>
    public static JSON Parse(string json) => new(JsonRaw.Compact(Encoding.UTF8.GetBytes(json)));

    public bool Equals(JSON other) => Raw.Span.SequenceEqual(other.Raw.Span);

    public override bool Equals(object? obj) => obj is JSON other && Equals(other);

    public override int GetHashCode() => RawJson.Hash(Raw.Span);

    public override string ToString() => Encoding.UTF8.GetString(Raw.Span);

    public static JSON ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => new(JsonRaw.Read(ref reader));

    public void WriteJson(Utf8JsonWriter writer) => RawJson.Write(writer, Raw.Span);

    public static JSON ReadProto(ref ProtoReader reader) => new(RawJson.ReadProto(ref reader));

    public void WriteProto(ProtoWriter writer) => RawJson.WriteProto(writer, _raw);
}
