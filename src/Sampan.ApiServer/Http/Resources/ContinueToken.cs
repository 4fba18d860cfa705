using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// Where a limited list goes on: the revision of its first part (-1: the newest one, whatever it is) and the last key that was returned
/// (relative to what the list is of: a namespace, or the whole resource).
/// </summary>
internal readonly record struct ContinueToken(long Revision, string LastKey)
{
    private const string Version = "meta.k8s.io/v1";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Base64 = SearchValues.Create(Alphabet);

    /// <summary>Upstream's own form: base64 of {"v":"meta.k8s.io/v1","rv":5,"start":"key\u0000"}.</summary>
    public string Encode()
    {
        var json = new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = LastKey + "\0" };
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    public static ContinueToken Decode(string text)
    {
        try
        {
            var bytes = Bytes(text);
            if (JsonSyntax.Error(bytes) is { } mistake)
            {
                throw Invalid($": {mistake}");
            }
            using var json = JsonDocument.Parse(bytes);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Invalid($": {e.Message}");
        }
    }

    private static ContinueToken Read(JsonElement token)
    {
        var version = Property(token, "v")?.GetString() ?? "";
        if (version != Version)
        {
            throw Invalid($": server does not recognize this encoded version {version}");
        }
        var revision = Property(token, "rv")?.GetInt64() ?? 0;
        var start = Property(token, "start")?.GetString() ?? "";
        if (revision == 0)
        {
            throw Invalid($": incorrect encoded start resourceVersion (version {Version})");
        }
        if (start.Length == 0)
        {
            throw Invalid($": encoded start key empty (version {Version})");
        }
        // A key that climbs out of its resource is nobody's.
        return start.TrimStart('/').Split('/').All(step => step is not ("" or "." or ".."))
            ? new ContinueToken(revision, start.TrimEnd('\0'))
            : throw Invalid($": {start}");
    }

    private static JsonElement? Property(JsonElement token, string name) => token.TryGetProperty(name, out var value) ? value : null;

    private static byte[] Bytes(string text)
    {
        var wrong = text.AsSpan().IndexOfAnyExcept(Base64);
        if (wrong >= 0 || text.Length % 4 == 1)
        {
            throw Invalid($": illegal base64 data at input byte {(wrong >= 0 ? wrong : text.Length - 1)}");
        }
        return Base64Url.DecodeFromChars(text);
    }

    private static StatusException Invalid(string reason) =>
        StatusException.BadRequest($"invalid continue token: continue key is not valid{reason}");
}
