using System.Collections.Concurrent;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// What burstable pods together have of the processors when all want more: as much as they ask for together, however few they
/// are. Upstream: pkg/kubelet/cm/qos_container_manager_linux.go.
/// </summary>
/// <param name="share">Gives the group of all burstable pods its shares.</param>
internal sealed class BurstableShare(Func<long, CancellationToken, Task> share)
{
    private readonly ConcurrentDictionary<string, long> _requests = new();
    private readonly SemaphoreSlim _turn = new(1);
    private long _shares;

    /// <summary>A pod will ask for that: others are given their shares as if it did already.</summary>
    public void Expect(string uid, long milliCores) => _requests.TryAdd(uid, milliCores);

    /// <summary>A pod asks for so many thousandths of a processor.</summary>
    public Task SetAsync(string uid, long milliCores, CancellationToken cancellationToken)
    {
        _requests[uid] = milliCores;
        return UpdateAsync(cancellationToken);
    }

    /// <summary>A pod is gone, or was never there.</summary>
    public Task RemoveAsync(string uid, CancellationToken cancellationToken) =>
        _requests.TryRemove(uid, out _) ? UpdateAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>One at a time: the last to come must not be overtaken by what was true before.</summary>
    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var shares = Cpu.Shares(_requests.Values.Sum());
            if (shares != _shares)
            {
                await share(shares, cancellationToken);
                _shares = shares;
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
