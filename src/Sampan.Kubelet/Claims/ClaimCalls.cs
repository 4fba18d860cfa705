using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims.V1;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Claims;

/// <summary>Asks drivers for claims, and says in upstream's words what they left undone.</summary>
internal sealed class ClaimCalls(ClaimDrivers drivers, ClaimMetrics metrics)
{
    /// <summary>What a driver made ready for each of the claims.</summary>
    /// <exception cref="ClaimException">Not all is ready.</exception>
    public async Task<IReadOnlyList<(PreparedClaim Claim, List<PreparedDevice> Devices)>> PrepareAsync(string driver, IReadOnlyList<PreparedClaim> claims, CancellationToken cancellationToken)
    {
        const string Method = "NodePrepareResources";
        var answer = await CallAsync(driver, Method, d => d.PrepareAsync(claims.Select(c => c.ForDriver()), cancellationToken));
        Check(Method, claims, answer.Claims.ToDictionary(c => c.Key, c => c.Value.Error));
        return [.. claims.Select(c => (c, Devices(driver, answer.Claims[c.Uid])))];
    }

    /// <exception cref="ClaimException">It was not taken back.</exception>
    public async Task UnprepareAsync(string driver, PreparedClaim claim, CancellationToken cancellationToken)
    {
        const string Method = "NodeUnprepareResources";
        var answer = await CallAsync(driver, Method, d => d.UnprepareAsync([claim.ForDriver()], cancellationToken));
        Check(Method, [claim], answer.Claims.ToDictionary(c => c.Key, c => c.Value.Error));
    }

    private static List<PreparedDevice> Devices(string driver, NodePrepareResourceResponse answer) =>
        [.. answer.Devices.Select(d => new PreparedDevice(driver, d.PoolName, d.DeviceName, d.ShareId, [.. d.RequestNames], [.. d.CdiDeviceIds]))];

    private static void Check(string method, IReadOnlyList<PreparedClaim> claims, Dictionary<string, string> errors)
    {
        foreach (var (uid, error) in errors)
        {
            var claim = claims.FirstOrDefault(c => c.Uid == uid) ?? throw new ClaimException($"{method} returned result for unknown claim UID {uid}");
            if (error.Length > 0)
            {
                throw new ClaimException($"{method} failed for ResourceClaim {claim.Name}: {error}");
            }
        }

        if (claims.Count != errors.Count)
        {
            throw new ClaimException($"{method} skipped {claims.Count - errors.Count} ResourceClaims");
        }
    }

    private async Task<T> CallAsync<T>(string name, string method, Func<ClaimDriver, Task<T>> call)
    {
        var driver = drivers.Get(name);
        try
        {
            return await metrics.MeasureAsync(name, $"/{driver.Service}/{method}", () => call(driver));
        }
        catch (RpcException e)
        {
            throw new ClaimException($"{method}: {e.Message}", e);
        }
    }
}
