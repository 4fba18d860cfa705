using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Where a limited list goes on: the revision of its first part and the last key that was returned (relative to the resource).</summary>
internal readonly record struct ContinueToken(long Revision, string LastKey)
{
    private const string Version = "meta.k8s.io/v1";

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
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text.AsSpan().TrimEnd('=')));
            var root = json.RootElement;
            if (root.GetProperty("v").GetString() != Version)
            {
                throw Invalid("server does not recognize this encoded version");
            }
            var start = root.GetProperty("start").GetString() ?? "";
            return new ContinueToken(root.GetProperty("rv").GetInt64(), start.TrimEnd('\0'));
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Invalid(e.Message);
        }
    }

    private static StatusException Invalid(string reason) => StatusException.BadRequest($"continue key is not valid: {reason}");
}
