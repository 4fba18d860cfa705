using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>
/// Asks a program for logins, and keeps its answers as long as it says. Upstream: pkg/credentialprovider/plugin.
/// <code>
/// stdin   { "kind": "CredentialProviderRequest", "image": "eu.registry.test/app" }
/// stdout  { "cacheKeyType": "Registry", "cacheDuration": "5m", "auth": { "eu.registry.test": { "username": "u", "password": "p" } } }
/// </code>
/// </summary>
internal sealed class CredentialProvider(ProviderConfiguration configuration, string directory, ICommands commands, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<RegistryCredential> Logins)> _known = new();

    /// <summary>The logins for an image; none where it is not asked, or where it fails.</summary>
    public async Task<IReadOnlyList<RegistryCredential>> FindAsync(string image, CancellationToken cancellationToken)
    {
        if (!configuration.Images.Any(pattern => ImagePattern.Matches(pattern, image)))
        {
            return [];
        }

        var now = time.GetUtcNow();
        foreach (var key in Keys(image).Values)
        {
            if (_known.TryGetValue(key, out var known) && known.Until > now)
            {
                return Fitting(known.Logins, image);
            }
        }

        try
        {
            return Fitting(Keep(image, now, JsonNode.Parse(await AskAsync(image, cancellationToken))!), image);
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or JsonFormatException or NullReferenceException)
        {
            logger.LogWarning("The credential provider {Provider} failed for image {Image}: {Error}", configuration.Name, image, e.Message);
            return [];
        }
    }

    private static IReadOnlyList<RegistryCredential> Fitting(IEnumerable<RegistryCredential> logins, string image) =>
        [.. logins.Where(l => ImagePattern.Matches(l.Server, image)).OrderByDescending(l => l.Server.Length)];

    private static Dictionary<string, string> Keys(string image) => new() { ["Image"] = image, ["Registry"] = ImageName.Registry(image), ["Global"] = "*" };

    private Task<string> AskAsync(string image, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["kind"] = "CredentialProviderRequest", ["apiVersion"] = configuration.ApiVersion, ["image"] = image };
        return commands.RunAsync(Path.Combine(directory, configuration.Name), configuration.Args, configuration.Environment, request.ToJsonString(), Limit, cancellationToken);
    }

    private IReadOnlyList<RegistryCredential> Keep(string image, DateTimeOffset now, JsonNode answer)
    {
        IReadOnlyList<RegistryCredential> logins = [.. (answer["auth"] as JsonObject ?? []).Select(a => new RegistryCredential(
            a.Key, (string?)a.Value!["username"] ?? "", (string?)a.Value!["password"] ?? "", null))];
        var lifetime = (string?)answer["cacheDuration"] is { } text ? Duration.Parse(text).ToTimeSpan() : configuration.CacheDuration;
        if (lifetime > TimeSpan.Zero && Keys(image).TryGetValue((string?)answer["cacheKeyType"] ?? "", out var key))
        {
            _known[key] = (now + lifetime, logins);
        }

        return logins;
    }
}
