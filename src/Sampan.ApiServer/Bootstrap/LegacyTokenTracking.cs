using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Notes in a ConfigMap since when the use of token Secrets is tracked: what has no date of its last use may have been used before. Who
/// cleans up such Secrets reads it. Upstream: pkg/controlplane/controller/legacytokentracking.
/// </summary>
internal sealed class LegacyTokenTracking(ApiClient client, TimeProvider time)
{
    private const string Namespace = "kube-system";
    private const string Name = "kube-apiserver-legacy-service-account-token-tracking";
    private const string Since = "since";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        try
        {
            if (await client.Of<ConfigMap>().FindAsync(Namespace, Name, cancellationToken) is null)
            {
                await client.CreateAsync(new ConfigMap { Metadata = new() { Name = Name, Namespace = Namespace }, Data = new() { [Since] = today } }, cancellationToken);
            }
        }
        catch (StatusException taken) when (taken.IsAlreadyExists)
        {
            // Another server was faster.
        }
    }
}
