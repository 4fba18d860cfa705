using System.Threading.Channels;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>
/// Binds pods beside the scheduling loop: so many at once, so many more waiting; beyond that, adding waits. Pods that wait
/// for a permit or for work before binding hold no place.
/// </summary>
internal sealed class BindingQueue(int parallelism, IBinder binder, TimeProvider time, Action<Placement, string?> done)
{
    private readonly Channel<Placement> _placements = Channel.CreateBounded<Placement>(new BoundedChannelOptions(parallelism * 16) { SingleWriter = false });

    public Task RunAsync(CancellationToken ct) =>
        Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => Task.Run(() => WorkAsync(ct), ct)));

    public ValueTask AddAsync(Placement placement, CancellationToken ct)
    {
        if (placement.Waiting.Count == 0 && placement.Profile.PreBind.All(plugin => !plugin.HasWork(placement.State))) return _placements.Writer.WriteAsync(placement, ct);
        _ = PrepareAsync(placement, ct);
        return ValueTask.CompletedTask;
    }

    private async Task PrepareAsync(Placement placement, CancellationToken ct)
    {
        try
        {
            foreach (var waiting in placement.Waiting) Expect(await waiting.WaitAsync(time, ct));
            foreach (var plugin in placement.Profile.PreBind) Expect(await plugin.PreBindAsync(placement.State, placement.Queued.Pod, placement.Node, ct));
            await _placements.Writer.WriteAsync(placement, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            done(placement, e.Message);
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        await foreach (var placement in _placements.Reader.ReadAllAsync(ct))
        {
            try
            {
                await BindAsync(placement, ct);
                done(placement, null);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                done(placement, e.Message);
            }
        }
    }

    private async Task BindAsync(Placement placement, CancellationToken ct)
    {
        var (profile, state, queued, node, _) = placement;
        if (profile.Extenders.FirstOrDefault(e => e.IsBinder && e.IsInterested(queued.Pod)) is { } extender) await extender.BindAsync(queued.Pod, node, ct);
        else if (!await BindByPluginAsync(placement, ct)) await binder.BindAsync(queued.Pod.Pod, node, ct);
        binder.ReportScheduled(queued.Pod.Pod, node);
        foreach (var plugin in profile.PostBind) plugin.PostBind(state, queued.Pod, node);
    }

    private static async Task<bool> BindByPluginAsync(Placement placement, CancellationToken ct)
    {
        foreach (var plugin in placement.Profile.Bind)
        {
            var status = await plugin.BindAsync(placement.State, placement.Queued.Pod, placement.Node, ct);
            if (status.Code == Code.Skip) continue;
            Expect(status);
            return true;
        }
        return false;
    }

    private static void Expect(PluginStatus status)
    {
        if (!status.IsSuccess) throw new BindingRefusedException(status.Message);
    }
}
