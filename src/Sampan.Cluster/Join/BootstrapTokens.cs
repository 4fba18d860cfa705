using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>The bootstrap tokens of a cluster.</summary>
public sealed class BootstrapTokens(ApiClient client)
{
    private ResourceClient<Secret> Secrets => client.Of<Secret>();

    /// <summary>All of them, those that have ended and are not cleaned away yet as well.</summary>
    /// <param name="onProblem">Told of each Secret that cannot be read as a token.</param>
    public async Task<IReadOnlyList<BootstrapToken>> ListAsync(Action<string> onProblem, CancellationToken ct)
    {
        var secrets = await Secrets.ListAsync(BootstrapToken.Namespace, new ListOptions { FieldSelector = $"type={BootstrapToken.SecretType}" }, ct);
        var tokens = new List<BootstrapToken>();
        foreach (var secret in secrets.Items)
        {
            try
            {
                tokens.Add(BootstrapToken.Of(secret));
            }
            catch (HostException e)
            {
                onProblem(e.Message);
            }
        }

        return tokens;
    }

    /// <exception cref="HostException">There is a token of this id.</exception>
    public async Task CreateAsync(BootstrapToken token, CancellationToken ct)
    {
        try
        {
            await Secrets.CreateAsync(token.ToSecret(), ct);
        }
        catch (StatusException e) when (e.Status.Reason == "AlreadyExists")
        {
            throw new HostException($"a token with id \"{token.Id}\" already exists", e);
        }
    }

    /// <param name="id">The part of the token before the dot.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="HostException">There is none.</exception>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        try
        {
            await Secrets.DeleteAsync(BootstrapToken.Namespace, BootstrapToken.SecretName(id), ct);
        }
        catch (StatusException e) when (e.Status.Code == 404)
        {
            throw new HostException($"failed to delete bootstrap token \"{id}\": {e.Message}", e);
        }
    }
}
