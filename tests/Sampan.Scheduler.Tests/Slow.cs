using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>Has work before the binding that never ends, or says no at the end of it, or before.</summary>
internal sealed class Slow : IPermitPlugin, IPreBindPlugin
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isEnabled;
    private volatile string? _refusal;
    private volatile string? _noPermit;

    public string Name => nameof(Slow);

    public bool IsEnabled { set => _isEnabled = value; }

    public string? Refusal { set => _refusal = value; }

    public string? NoPermit { set => _noPermit = value; }

    /// <summary>Done when the work has begun.</summary>
    public Task Begun => _begun.Task;

    public (PluginStatus Status, WaitingPod? Waiting) Permit(CycleState state, PodInfo pod, string node) =>
        (_noPermit is { } reason ? PluginStatus.Unschedulable(reason) : PluginStatus.Success, null);

    public bool HasWork(CycleState state) => _isEnabled || _refusal is not null;

    public async Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct)
    {
        if (_refusal is { } reason) return PluginStatus.Unschedulable(reason);
        if (!_isEnabled) return PluginStatus.Success;
        _begun.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        return PluginStatus.Success;
    }
}
