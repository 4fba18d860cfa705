using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.Cluster.Server;

namespace Sampan.Cluster.Join;

/// <summary>Makes this machine a node of a cluster, once; later starts find the certificates and need no token.</summary>
internal sealed class NodeJoin(AgentOptions options, NodeCertificates certificates, TimeProvider time)
{
    /// <returns>The connection of the node to the API server.</returns>
    /// <exception cref="HostException">The machine cannot join; the message says what to do.</exception>
    public async Task<ApiClient> RunAsync(CancellationToken ct)
    {
        var token = options.Token is { } text ? JoinToken.Parse(text) : null;
        await EnsureAuthorityAsync(token, ct);
        if (!certificates.HasClient) await BootstrapAsync(token, ct);
        var client = new ApiClient(Connection() with
        {
            ClientCertificateFile = certificates.ClientFile,
        }, time);
        await CheckNameAsync(client, ct);
        if (certificates.NeedsServing) await certificates.OrderServingAsync(client, ct);
        return client;
    }

    private async Task EnsureAuthorityAsync(JoinToken? token, CancellationToken ct)
    {
        if (certificates.Authority is not { } known)
        {
            if (token is null) throw new HostException("this machine has not joined a cluster yet: a token is needed (--token or --token-file); get one on the server with: sampan token create");
            certificates.KeepAuthority(await ClusterDiscovery.FindAuthorityAsync(options.Server, token, ct));
            return;
        }

        using var authority = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(known);
        if (token is not null && token.AuthorityHash != JoinToken.HashOf(authority))
        {
            throw new HostException(
                $"{options.Node.Paths.Data} belongs to a node of another cluster; remove it with sampan delete, or name another folder with --data-dir");
        }
    }

    private async Task BootstrapAsync(JoinToken? token, CancellationToken ct)
    {
        if (token is null)
            throw new HostException("the node's certificate has expired or is missing: a token is needed (--token or --token-file); get one on the server with: sampan token create");
        await using var client = new ApiClient(Connection() with { Token = token.Bearer }, time);
        try
        {
            await certificates.OrderClientAsync(client, ct);
        }
        catch (StatusException e) when (e.Status.Code is 401 or 403)
        {
            throw new HostException($"the cluster does not accept the token {token.Id} (tokens end after a day): get a new one on the server with: sampan token create", e);
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

    private ClientConfig Connection() => new() { Server = options.Server, CertificateAuthorityFile = certificates.AuthorityFile, UserAgent = "sampan-agent" };
}
