using Sampan.Api.Core.V1;
using Sampan.Client.Informers;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Tells the API server about volumes, and waits until the volume controller has bound the claims.</summary>
internal sealed class ClaimBinder(PluginContext context, TimeSpan timeout)
{
    private readonly Informer<PersistentVolumeClaim> _claims = context.Informers.For<PersistentVolumeClaim>();

    public async Task<PluginStatus> BindAsync(AssumedVolumes assumed, string node, CancellationToken ct)
    {
        try
        {
            foreach (var volume in assumed.Volumes) await context.Client.Of<PersistentVolume>().UpdateAsync(volume, ct);
            foreach (var claim in assumed.Claims) await context.Client.Of<PersistentVolumeClaim>().UpdateAsync(claim, ct);
            return await WaitAsync(assumed, node, ct);
        }
        catch (StatusException e)
        {
            return PluginStatus.Error($"binding volumes: {e.Message}");
        }
    }

    private async Task<PluginStatus> WaitAsync(AssumedVolumes assumed, string node, CancellationToken ct)
    {
        var hasSeenOwn = new HashSet<string>();
        (bool IsDone, string? Problem) outcome = default;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await _claims.WaitUntilAsync(_ => (outcome = Check(assumed, node, hasSeenOwn)) is not (false, null), ending.Token).WaitAsync(timeout, context.Time, ct);
        }
        catch (TimeoutException)
        {
            await ending.CancelAsync();
            outcome.Problem = "context deadline exceeded";
        }
        return outcome.Problem is null ? PluginStatus.Success : PluginStatus.Error($"binding volumes: {outcome.Problem}");
    }

    // A driver that gives up takes the node's name off the claim, once that has been there.
    private (bool IsDone, string? Problem) Check(AssumedVolumes assumed, string node, HashSet<string> hasSeenOwn)
    {
        var isDone = true;
        foreach (var claim in assumed.Bound.Concat(assumed.Claims))
        {
            var name = claim.Metadata.Name!;
            if (_claims.Get(claim.Metadata.Namespace ?? "", name) is not { } current) return (false, $"persistentvolumeclaim \"{name}\" not found");
            if (ClaimsOfPod.IsBound(current)) continue;
            isDone = false;
            if (!assumed.Claims.Contains(claim)) continue;
            if (current.Metadata.Annotations?.GetValueOrDefault(ClaimsOfPod.SelectedNode) == node) hasSeenOwn.Add(name);
            else if (hasSeenOwn.Contains(name)) return (false, $"provisioning failed for PVC \"{name}\"");
        }
        return (isDone, null);
    }
}
