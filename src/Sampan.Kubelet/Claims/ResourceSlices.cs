using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Claims;

/// <summary>
/// Deletes what drivers of this node offer to the cluster while they cannot make it ready, so that no pod is bound here to wait for
/// it. When a kubelet starts no driver has come yet; one that goes has half a minute to come back. Drivers that come offer it anew.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/cm/dra/plugin, dra_plugin_manager.go.</remarks>
internal sealed class ResourceSlices(ClaimDrivers drivers, ResourceClient<ResourceSlice> slices, string nodeName, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (long Since, bool IsDeleted)> _away = [];
    private TimeSpan _wait = Interval;
    private bool _hasBegun;

    /// <param name="registered">Completes when the cluster knows the node.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Task registered, CancellationToken cancellationToken)
    {
        await registered.WaitAsync(cancellationToken);
        await Periodically.RunAsync(SyncAsync, () => _wait, "Deleting the ResourceSlices of drivers that are gone", time, logger, cancellationToken);
    }

    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DeleteAllOnceAsync(cancellationToken);
            await drivers.LookAsync(cancellationToken);
            foreach (var driver in drivers.Names)
            {
                await SyncAsync(driver, cancellationToken);
            }

            _wait = Interval;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            _wait = _wait * 2 < LongestInterval ? _wait * 2 : LongestInterval;
            logger.LogDebug("ResourceSlices could not be deleted, next try in {Wait}: {Error}", _wait, e.Message);
        }
    }

    private async Task DeleteAllOnceAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await DeleteAsync($"spec.nodeName={nodeName}", cancellationToken);
            _hasBegun = true;
        }
    }

    private async Task SyncAsync(string driver, CancellationToken cancellationToken)
    {
        if (drivers.IsReachable(driver))
        {
            _away.Remove(driver);
            return;
        }

        _away.TryAdd(driver, (time.GetTimestamp(), false));
        if (_away[driver] is { IsDeleted: false } away && time.GetElapsedTime(away.Since) >= Patience)
        {
            await DeleteAsync($"spec.driver={driver},spec.nodeName={nodeName}", cancellationToken);
            _away[driver] = away with { IsDeleted = true };
        }
    }

    private async Task DeleteAsync(string selector, CancellationToken cancellationToken)
    {
        try
        {
            await slices.DeleteCollectionAsync(null, null, new ListOptions { FieldSelector = selector }, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // A cluster that knows no such offers has none.
        }
    }
}
