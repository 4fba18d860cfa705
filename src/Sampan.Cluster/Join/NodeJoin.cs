using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.Cluster.Server;

namespace Sampan.Cluster.Join;

/// <summary>
/// Makes this machine a node of a cluster, once; later starts find the certificates and need no token. A machine that could not join
/// keeps nothing of it.
/// </summary>
internal sealed class NodeJoin(AgentOptions options, NodeCertificates certificates, TimeProvider time, ILogger log)
{
    private const string NewToken = "get one on the server with: sampan token create";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <returns>The connection of the node to the API server.</returns>
    /// <exception cref="HostException">The machine cannot join; the message says what to do.</exception>
    public async Task<ApiClient> RunAsync(CancellationToken ct)
    {
        var token = options.Token is { } text ? JoinToken.Parse(text) : null;
        if (certificates.Authority is { } known) CheckToken(known, token);
        if (certificates.Authority is null || !certificates.HasClient) await BootstrapAsync(token ?? throw NoToken(), ct);
        var client = new ApiClient(Connection() with
        {
            CertificateAuthorityFile = certificates.AuthorityFile,
            ClientCertificateFile = certificates.ClientFile,
        }, time);
        await WaitForServerAsync(client, ct);
        if (certificates.NeedsServing) await certificates.OrderServingAsync(client, ct);
        return client;
    }

    private HostException NoToken() => new(certificates.Authority is null
        ? $"this machine has not joined a cluster yet: a token is needed (--token or --token-file); {NewToken}"
        : $"the node's certificate has expired or is missing: a token is needed (--token or --token-file); {NewToken}");

    private void CheckToken(string known, JoinToken? token)
    {
        using var authority = X509Certificate2.CreateFromPem(known);
        if (token is not null && token.AuthorityHash != JoinToken.HashOf(authority))
        {
            throw new HostException(
                $"{options.Node.Paths.Data} belongs to a node of another cluster; remove it with sampan delete{options.Node.Paths.Option}, or name another folder with --data-dir");
        }
    }

    private async Task BootstrapAsync(JoinToken token, CancellationToken ct)
    {
        var authority = await ClusterDiscovery.FindAuthorityAsync(options.Server, token, ct);
        await using var client = new ApiClient(Connection() with { CertificateAuthorityData = authority, Token = token.Bearer }, time);
        try
        {
            await certificates.OrderClientAsync(client, ct);
        }
        catch (StatusException e) when (e.Status.Code is 401 or 403)
        {
            throw new HostException($"the cluster does not accept the token {token.Id} (tokens end after a day): get a new one on the server with: sampan token create", e);
        }

        certificates.KeepAuthority(authority);
    }

    /// <summary>A node that has joined may be switched on before its server: it waits.</summary>
    private async Task WaitForServerAsync(ApiClient client, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await CheckNameAsync(client, ct);
                return;
            }
            catch (ApiConnectionException e) when (e.GetBaseException() is AuthenticationException)
            {
                throw new HostException(
                    $"the server at {options.Server} is not of the cluster that this machine has joined: check the address, or forget that cluster with: sampan delete{options.Node.Paths.Option} ({e.Message})", e);
            }
            catch (ApiConnectionException e)
            {
                log.LogWarning("Waiting for the server: {Problem}", e.Message);
                await Task.Delay(Retry, time, ct);
            }
        }
    }

    /// <summary>Two machines of one name would fight over one Node object.</summary>
    private async Task CheckNameAsync(ApiClient client, CancellationToken ct)
    {
        var name = options.Node.NodeName;
        var node = await client.Of<Node>().FindAsync(null, name, ct);
        var ready = node?.Status?.Conditions?.Find(c => c.Type == "Ready")?.Status == "True";
        var address = node?.Status?.Addresses?.Find(a => a.Type == "InternalIP")?.Address;
        if (ready && address is not null && address != options.Node.NodeAddress.ToString())
            throw new HostException($"a node named {name} is in the cluster already, at {address}; give this one another name with --node-name");
    }

    private ClientConfig Connection() => new() { Server = options.Server, UserAgent = "sampan-agent" };
}
