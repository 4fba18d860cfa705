using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// Writes on token Secrets the day on which they were last used, beside the requests that use them: who cleans up looks there.
/// Upstream: pkg/serviceaccount/legacy.go.
/// </summary>
internal sealed class SecretTokenUses(TimeProvider time)
{
    public const string InvalidSince = "kubernetes.io/legacy-token-invalid-since";
    public const string LastUsed = "kubernetes.io/legacy-token-last-used";

    private const int MostWaiting = 1000;

    private readonly Channel<Secret> _used =
        Channel.CreateBounded<Secret>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private string Today => time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Notes a use. Where too many wait, the next use is noted.</summary>
    public void Note(Secret secret)
    {
        if (secret.Metadata.Labels?.GetValueOrDefault(LastUsed) != Today)
        {
            _used.Writer.TryWrite(secret);
        }
    }

    public async Task RunAsync(ApiClient client, ILogger logger, CancellationToken stopping)
    {
        try
        {
            await foreach (var secret in _used.Reader.ReadAllAsync(stopping))
            {
                await TryMarkAsync(client, secret, logger, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>What many requests noted before the label was there is written once: a patch that changes nothing writes nothing.</summary>
    private async Task TryMarkAsync(ApiClient client, Secret secret, ILogger logger, CancellationToken stopping)
    {
        var metadata = new JsonObject
        {
            ["uid"] = secret.Metadata.Uid,
            ["labels"] = new JsonObject { [LastUsed] = Today },
        };
        try
        {
            await client.Of<Secret>().PatchAsync(
                secret.Metadata.Namespace, secret.Metadata.Name, Client.Patch.Merge(new JsonObject { ["metadata"] = metadata }), stopping);
        }
        catch (StatusException refused)
        {
            logger.LogInformation("The use of the token Secret {Namespace}/{Name} could not be noted: {Reason}", secret.Metadata.Namespace, secret.Metadata.Name, refused.Message);
        }
    }
}
