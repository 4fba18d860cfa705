using System.Threading.Channels;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Bindings;

/// <summary>
/// Binds pods beside the scheduling loop: so many at once, so many more waiting; beyond that, adding waits. Pods that wait
/// for a permit or for work before binding hold no place.
/// </summary>
internal sealed class BindingQueue(int parallelism, IBinder binder, TimeProvider time, SchedulerMetrics metrics, Action<Placement, BindingFailure?> done)
{
    private readonly Channel<Placement> _placements = Channel.CreateBounded<Placement>(new BoundedChannelOptions(parallelism * 16) { SingleWriter = false });

    private int _count;

    /// <summary>The pods that are under way.</summary>
    public int Count => Volatile.Read(ref _count);

    public Task RunAsync(CancellationToken ct) =>
        Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => Task.Run(() => WorkAsync(ct), ct)));

    public ValueTask AddAsync(Placement placement, CancellationToken ct)
    {
        Interlocked.Increment(ref _count);
        if (placement.Pending is null) return _placements.Writer.WriteAsync(placement, ct);
        _ = PrepareAsync(placement, placement.Pending, ct);
        return ValueTask.CompletedTask;
    }

    private async Task PrepareAsync(Placement placement, PreBinding pending, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, pending.Token);
        try
        {
            await binder.NominateAsync(placement.Queued.Pod.Pod, placement.Node, ct);
            if (placement.Waiting.Count > 0) await PermitAsync(placement, ct);
            await PreBindAsync(placement, ending.Token);
            if (pending.Finish()) await _placements.Writer.WriteAsync(placement, ct);
            else End(placement, new BindingFailure(pending.Reason!));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception) when (pending.Reason is { } reason)
        {
            End(placement, new BindingFailure(reason));
        }
        catch (Exception e)
        {
            End(placement, BindingFailure.From(e));
        }
    }

    private async Task PermitAsync(Placement placement, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        foreach (var waiting in placement.Waiting)
        {
            var status = await waiting.WaitAsync(time, ct);
            if (!status.IsSuccess) metrics.PermitWaited(status.Code, time.GetElapsedTime(started));
            BindingRefusedException.ThrowUnlessSuccess(ExtensionPoint.Permit, waiting.Plugin, status);
        }
        metrics.PermitWaited(Code.Success, time.GetElapsedTime(started));
    }

    private async Task PreBindAsync(Placement placement, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        foreach (var plugin in placement.Profile.PreBind)
        {
            if (!plugin.HasWork(placement.State)) continue;
            var began = time.GetTimestamp();
            var status = await plugin.PreBindAsync(placement.State, placement.Queued.Pod, placement.Node, ct);
            metrics.Took(plugin.Name, ExtensionPoint.PreBind, status.Code, began);
            if (!status.IsSuccess) metrics.Ran(ExtensionPoint.PreBind, status.Code, placement.Profile, started);
            BindingRefusedException.ThrowUnlessSuccess(ExtensionPoint.PreBind, plugin.Name, status);
        }
        metrics.Ran(ExtensionPoint.PreBind, Code.Success, placement.Profile, started);
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        await foreach (var placement in _placements.Reader.ReadAllAsync(ct))
        {
            var started = time.GetTimestamp();
            try
            {
                await BindAsync(placement, ct);
                metrics.Ran(ExtensionPoint.Bind, Code.Success, placement.Profile, started);
                End(placement, null);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                metrics.Ran(ExtensionPoint.Bind, Code.Error, placement.Profile, started);
                End(placement, BindingFailure.From(e));
            }
        }
    }

    private void End(Placement placement, BindingFailure? failure)
    {
        Interlocked.Decrement(ref _count);
        done(placement, failure);
    }

    private async Task BindAsync(Placement placement, CancellationToken ct)
    {
        var (profile, state, queued, node, _, _) = placement;
        if (!await BindByExtenderAsync(placement, ct) && !await BindByPluginAsync(placement, ct)) await BindByDefaultAsync(placement, ct);
        binder.ReportScheduled(queued.Pod.Pod, node);
        if (profile.PostBind.Count == 0) return;
        var started = time.GetTimestamp();
        foreach (var plugin in profile.PostBind) plugin.PostBind(state, queued.Pod, node);
        metrics.Ran(ExtensionPoint.PostBind, Code.Success, profile, started);
    }

    private static async Task<bool> BindByExtenderAsync(Placement placement, CancellationToken ct)
    {
        foreach (var extender in placement.Profile.Extenders)
        {
            if (extender.IsBinder && extender.IsInterested(placement.Queued.Pod) && await extender.BindAsync(placement.Queued.Pod, placement.Node, ct)) return true;
        }
        return false;
    }

    private async Task BindByDefaultAsync(Placement placement, CancellationToken ct)
    {
        try
        {
            await binder.BindAsync(placement.Queued.Pod.Pod, placement.Node, ct);
        }
        catch (StatusException e)
        {
            BindingRefusedException.ThrowUnlessSuccess(ExtensionPoint.Bind, nameof(DefaultBinder), PluginStatus.Error(e.Message));
        }
    }

    private static async Task<bool> BindByPluginAsync(Placement placement, CancellationToken ct)
    {
        foreach (var plugin in placement.Profile.Bind)
        {
            var status = await plugin.BindAsync(placement.State, placement.Queued.Pod, placement.Node, ct);
            if (status.Code == Code.Skip) continue;
            BindingRefusedException.ThrowUnlessSuccess(ExtensionPoint.Bind, plugin.Name, status);
            return true;
        }
        return false;
    }
}
