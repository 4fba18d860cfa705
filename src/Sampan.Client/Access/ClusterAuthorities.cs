using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Core.V1;

namespace Sampan.Client.Access;

/// <summary>The authorities of the cluster's own clients, which the API server publishes and may replace. Asked for now and then, when a certificate is shown.</summary>
public sealed class ClusterAuthorities(ApiClient client, TimeProvider time)
{
    private const string Namespace = "kube-system";
    private const string Name = "extension-apiserver-authentication";
    private const string Key = "client-ca-file";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly TimedCache<string, X509Certificate2Collection?> _known = new(time);

    public async ValueTask<X509Certificate2Collection?> GetAsync(CancellationToken cancellationToken)
    {
        if (_known.TryGet(Key, out var known)) return known;
        var map = await client.Of<ConfigMap>().FindAsync(Namespace, Name, cancellationToken);
        X509Certificate2Collection? authorities = null;
        if (map?.Data?.GetValueOrDefault(Key) is { Length: > 0 } pem)
        {
            authorities = [];
            authorities.ImportFromPem(pem);
        }

        _known.Set(Key, authorities, Lifetime);
        return authorities;
    }
}
