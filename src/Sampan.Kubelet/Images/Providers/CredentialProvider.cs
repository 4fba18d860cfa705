using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Images.Providers;

/// <summary>
/// Asks a program for logins, and keeps its answers as long as it says. Upstream: pkg/credentialprovider/plugin.
/// <code>
/// stdin   { "kind": "CredentialProviderRequest", "image": "eu.registry.test/app" }
/// stdout  { "cacheKeyType": "Registry", "cacheDuration": "5m", "auth": { "eu.registry.test": { "username": "u", "password": "p" } } }
/// </code>
/// </summary>
/// <param name="configuration">Which program, and for which images.</param>
/// <param name="directory">Where the program is.</param>
/// <param name="commands">Runs it.</param>
/// <param name="metrics">Counts its runs.</param>
/// <param name="proofs">Null where it does not want to know whose pods they are.</param>
/// <param name="time">Ends what is kept.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class CredentialProvider(ProviderConfiguration configuration, string directory, ICommands commands, ProviderMetrics metrics, AccountProofs? proofs, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Place, string Account), (DateTimeOffset Until, IReadOnlyList<RegistryCredential> Logins)> _known = new();

    /// <summary>Its logins are for one service account each.</summary>
    public bool IsPerAccount => proofs is not null;

    /// <summary>The logins for a pod's image; none where it is not asked, or where it fails.</summary>
    public async Task<IReadOnlyList<RegistryCredential>> FindAsync(string image, Pod pod, CancellationToken cancellationToken)
    {
        if (!configuration.Images.Any(pattern => ImagePattern.Matches(pattern, image)))
        {
            return [];
        }

        try
        {
            var (isAsked, proof) = proofs is null ? (true, null) : await proofs.FindAsync(pod, cancellationToken);
            return isAsked ? await FindAsync(image, proof, cancellationToken) : [];
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or JsonFormatException or NullReferenceException or StatusException or ApiConnectionException)
        {
            logger.LogWarning("The credential provider {Provider} failed for image {Image}: {Error}", configuration.Name, image, e.Message);
            return [];
        }
    }

    private async Task<IReadOnlyList<RegistryCredential>> FindAsync(string image, AccountProof? proof, CancellationToken cancellationToken)
    {
        var (now, account) = (time.GetUtcNow(), proof?.Key(configuration.Token!.CacheType) ?? "");
        foreach (var place in Places(image).Values)
        {
            if (_known.TryGetValue((place, account), out var known) && known.Until > now)
            {
                return Fitting(known.Logins, image, proof);
            }
        }

        Purge(now);
        return Fitting(Keep(image, account, now, JsonNode.Parse(await AskAsync(image, proof, cancellationToken))!), image, proof);
    }

    private static IReadOnlyList<RegistryCredential> Fitting(IEnumerable<RegistryCredential> logins, string image, AccountProof? proof) =>
        [.. logins.Where(l => ImagePattern.Matches(l.Server, image)).OrderByDescending(l => l.Server.Length).Select(l => l with { Source = proof?.Account })];

    private static Dictionary<string, string> Places(string image) => new() { ["Image"] = image, ["Registry"] = ImageName.Registry(image), ["Global"] = "*" };

    private Task<string> AskAsync(string image, AccountProof? proof, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["kind"] = "CredentialProviderRequest", ["apiVersion"] = configuration.ApiVersion, ["image"] = image };
        if (proof is not null)
        {
            request["serviceAccountToken"] = proof.Token;
            if (proof.Annotations.Count > 0)
            {
                request["serviceAccountAnnotations"] = new JsonObject(proof.Annotations.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Key, a.Value)));
            }
        }

        var program = Path.Combine(directory, configuration.Name);
        return metrics.MeasureAsync(configuration.Name, () => commands.RunAsync(program, configuration.Args, configuration.Environment, request.ToJsonString(), Limit, cancellationToken));
    }

    private IReadOnlyList<RegistryCredential> Keep(string image, string account, DateTimeOffset now, JsonNode answer)
    {
        IReadOnlyList<RegistryCredential> logins = [.. (answer["auth"] as JsonObject ?? []).Select(a => new RegistryCredential(
            a.Key, (string?)a.Value!["username"] ?? "", (string?)a.Value!["password"] ?? "", null))];
        var lifetime = (string?)answer["cacheDuration"] is { } text ? Duration.Parse(text).ToTimeSpan() : configuration.CacheDuration;
        if (lifetime > TimeSpan.Zero && Places(image).TryGetValue((string?)answer["cacheKeyType"] ?? "", out var place))
        {
            _known[(place, account)] = (now + lifetime, logins);
        }

        return logins;
    }

    /// <summary>Accounts and tokens come and go.</summary>
    private void Purge(DateTimeOffset now)
    {
        foreach (var key in _known.Where(k => k.Value.Until <= now).Select(k => k.Key).ToList())
        {
            _known.TryRemove(key, out _);
        }
    }
}
