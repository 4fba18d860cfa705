using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Images.Access;

namespace Sampan.Kubelet.Images;

/// <summary>A login for a registry, from a pull secret or a provider.</summary>
internal sealed record RegistryCredential(string Server, string User, string Password, string? IdentityToken)
{
    /// <summary>The object it came from; null where every pod of the node may use it.</summary>
    public PullSource? Source { get; init; }

    /// <summary>Tells logins apart without giving them away.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { username = User, password = Password, serveraddress = Server, identitytoken = IdentityToken })));

    /// <summary>The logins of a secret of type <c>kubernetes.io/dockerconfigjson</c> or <c>kubernetes.io/dockercfg</c>.</summary>
    public static IEnumerable<RegistryCredential> From(Secret secret)
    {
        var source = new PullSource(secret.Metadata.Uid, secret.Metadata.Namespace, secret.Metadata.Name);
        return Read(secret).Select(login => login with { Source = source });
    }

    /// <summary>Whether the login is for this image: the same host, and the image below the login's path.</summary>
    public bool Fits(string image)
    {
        var host = ImageName.Registry(image);
        var full = host == "docker.io" && !image.StartsWith("docker.io/", StringComparison.Ordinal) ? "docker.io/" + image : image;
        var server = Server.Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal).TrimEnd('/');
        server = server is "index.docker.io/v1" or "index.docker.io" or "registry-1.docker.io" ? "docker.io" : server;
        return server.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(server[1..], StringComparison.Ordinal)
            : full == server || full.StartsWith(server + "/", StringComparison.Ordinal);
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
                var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).Split(':', 2);
                (user, password) = (pair[0], pair.ElementAtOrDefault(1));
            }

            yield return new RegistryCredential(entry.Name, user ?? "", password ?? "", Text(entry.Value, "identitytoken"));
        }
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
