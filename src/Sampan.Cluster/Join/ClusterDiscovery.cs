using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>
/// Finds a cluster's authority by its hash. The first request trusts nobody, and so does what it brings: only an authority
/// with the hash from the token is believed, and every later request is made under it.
/// </summary>
internal static class ClusterDiscovery
{
    /// <returns>The authority's certificate as PEM.</returns>
    /// <exception cref="HostException">The server cannot be reached, or is not the one that the token is for.</exception>
    public static async Task<string> FindAuthorityAsync(string server, JoinToken token, CancellationToken ct)
    {
        await using var client = new ApiClient(new ClientConfig { Server = server, InsecureSkipTlsVerify = true, Timeout = TimeSpan.FromSeconds(10) });
        var info = await ReadAsync(client, server, ct);
        var pem = info?.Data?.GetValueOrDefault("kubeconfig") is { } kubeconfig
            ? Kubeconfig.Parse(kubeconfig).ToClientConfig().CertificateAuthorityData
            : null;
        if (pem is null) throw new HostException($"{server} does not say what its authority is: is it a sampan server?");
        using var authority = X509Certificate2.CreateFromPem(pem);
        return JoinToken.HashOf(authority) == token.AuthorityHash
            ? pem
            : throw new HostException(
                $"the cluster at {server} is not the one that the token was made for: its authority has the hash {JoinToken.HashOf(authority)}. "
                + "Check the address, or whether somebody is in between; get a new token on the server with: sampan token create");
    }

    private static async Task<ConfigMap?> ReadAsync(ApiClient client, string server, CancellationToken ct)
    {
        try
        {
            return await client.Of<ConfigMap>().FindAsync("kube-public", "cluster-info", ct);
        }
        catch (ApiConnectionException e)
        {
            throw new HostException($"no cluster answers at {server}: is the address right, and is port {new Uri(server).Port} open from here? ({e.Message})", e);
        }
        catch (StatusException e)
        {
            throw new HostException($"{server} does not let joining nodes read kube-public/cluster-info: {e.Message}", e);
        }
    }
}
