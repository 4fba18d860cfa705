using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Images.Providers;

namespace Sampan.Kubelet.Images;

/// <summary>A login for a registry, from a pull secret or a provider.</summary>
internal sealed record RegistryCredential(string Server, string User, string Password, string? IdentityToken)
{
    /// <summary>The object it came from; null where every pod of the node may use it.</summary>
    public PullSource? Source { get; init; }

    /// <summary>Tells logins apart without giving them away.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonTree.Encode(new JsonObject { ["username"] = User, ["password"] = Password, ["serveraddress"] = Server, ["identitytoken"] = IdentityToken })));

    /// <summary>The logins of a secret of type <c>kubernetes.io/dockerconfigjson</c> or <c>kubernetes.io/dockercfg</c>.</summary>
    /// <exception cref="FormatException">The secret holds something else.</exception>
    public static IEnumerable<RegistryCredential> From(Secret secret)
    {
        var source = new PullSource(secret.Metadata.Uid, secret.Metadata.Namespace, secret.Metadata.Name);
        try
        {
            return [.. Read(secret).Select(login => login with { Source = source })];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"secret {secret.Metadata.Namespace}/{secret.Metadata.Name} holds no logins: {e.Message}", e);
        }
    }

    /// <summary>The server without a scheme and without the version of the registry's API, which say nothing of images.</summary>
    private string Place
    {
        get
        {
            var scheme = Server.IndexOf("://", StringComparison.Ordinal);
            var place = scheme < 0 ? Server : Server[(scheme + 3)..];
            var slash = place.IndexOf('/', StringComparison.Ordinal);
            var (host, path) = slash < 0 ? (place, "") : (place[..slash], place[slash..]);
            path = path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/v2/", StringComparison.Ordinal) ? path[3..] : path;
            return path == "/" ? host : host + path;
        }
    }

    /// <summary>
    /// The logins that are for an image, those of longer names first. The one that every Docker client has for Docker Hub is used only
    /// where none is. Upstream: pkg/credentialprovider, BasicDockerKeyring.
    /// </summary>
    public static IReadOnlyList<RegistryCredential> For(string image, IReadOnlyList<RegistryCredential> all)
    {
        List<RegistryCredential> own = [.. all.Where(c => ImagePattern.Matches(c.Place, image)).OrderByDescending(c => c.Place, StringComparer.Ordinal)];
        return own.Count > 0 || ImageName.Registry(ImageName.Repository(image)) != ImageName.DockerHub ? own : [.. all.Where(c => c.Place == ImageName.DockerHubIndex)];
    }

    public Cri.AuthConfig ToAuthConfig() => new()
    {
        Username = User,
        Password = Password,
        ServerAddress = Server,
        IdentityToken = IdentityToken ?? "",
    };

    private static IEnumerable<RegistryCredential> Read(Secret secret)
    {
        if (secret.Data.OrEmpty().TryGetValue(".dockerconfigjson", out var config))
        {
            using var document = JsonDocument.Parse(config);
            return document.RootElement.TryGetProperty("auths", out var auths) ? [.. Read(auths)] : [];
        }

        if (secret.Data.OrEmpty().TryGetValue(".dockercfg", out var old))
        {
            using var document = JsonDocument.Parse(old);
            return [.. Read(document.RootElement)];
        }

        return [];
    }

    private static IEnumerable<RegistryCredential> Read(JsonElement auths)
    {
        foreach (var entry in auths.EnumerateObject())
        {
            var (user, password) = (Text(entry.Value, "username"), Text(entry.Value, "password"));
            if (Text(entry.Value, "auth") is { Length: > 0 } auth)
            {
                (user, password) = Decode(auth);
            }

            yield return new RegistryCredential(entry.Name, user ?? "", password ?? "", Text(entry.Value, "identitytoken"));
        }
    }

    /// <summary>Some programs write it without the padding.</summary>
    private static (string User, string Password) Decode(string auth)
    {
        var text = auth.Trim();
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))).Split(':', 2);
        return pair is [var user, var password] ? (user, password) : throw new FormatException("unable to parse auth field, must be formatted as base64(username:password)");
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
