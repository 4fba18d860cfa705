using System.Security.Cryptography;
using Sampan.Api;
using Sampan.Api.ApiDiscovery.V2;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Discovery;

/// <summary>A document's bytes in each form, each encoded when first asked for.</summary>
internal sealed class DiscoveryDocument
{
    private readonly Lazy<byte[]> _json;
    private readonly Lazy<byte[]> _proto;
    private readonly Lazy<string> _etag;

    private DiscoveryDocument(Func<byte[]> json, Func<byte[]> proto)
    {
        _json = new Lazy<byte[]>(json);
        _proto = new Lazy<byte[]>(proto);
        _etag = new Lazy<string>(() => $"\"{Convert.ToHexString(SHA512.HashData(_json.Value))}\"");
    }

    public byte[] Json => _json.Value;

    public byte[] Proto => _proto.Value;

    /// <summary>The same for every form: it follows from the content.</summary>
    public string ETag => _etag.Value;

    public static DiscoveryDocument Of<T>(T value)
        where T : class, ITyped<T> => new(() => JsonCodec.Encode(value), () => EncodeProto(value));

    public static DiscoveryDocument OfGroups(IReadOnlyList<APIGroupDiscovery> items, string version) =>
        new(() => AggregatedDiscovery.ToJson(items, version), () => AggregatedDiscovery.ToProto(items, version));

    private static byte[] EncodeProto<T>(T value)
        where T : class, ITyped<T>
    {
        using var writer = new ProtoWriter();
        ProtoEnvelope.Write(writer, value.ApiVersion, value.Kind, value);
        return writer.ToArray();
    }
}
