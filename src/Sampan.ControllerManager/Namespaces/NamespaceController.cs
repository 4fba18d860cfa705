using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Namespaces;

/// <summary>Empties namespaces that are being deleted, then lets them go. Upstream: pkg/controller/namespace.</summary>
internal sealed class NamespaceController : Controller
{
    private const string Finalizer = "kubernetes";
    private readonly Informer<Namespace> _namespaces;
    private readonly OwnWrites<Namespace> _writes;
    private readonly NamespaceContents _contents;

    public NamespaceController(ControllerContext context)
        : base("namespace-controller", context, workers: 10)
    {
        _namespaces = Watch<Namespace>(n => n.Metadata.DeletionTimestamp is null ? [] : [KeyOf(n)]);
        _writes = Writes(_namespaces);
        _contents = new NamespaceContents(context.Client);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Get(key) is not { Metadata.DeletionTimestamp: not null } known || known.Spec.Finalizers is not { Count: > 0 })
            return ReconcileResult.Done;
        if (known.Status.Phase != "Terminating") known = await SetPhaseAsync(known, cancellationToken);

        var report = await _contents.DeleteAsync(key.Name, cancellationToken);
        known = await WriteConditionsAsync(known, report, cancellationToken);
        if (report.Retry is { } wait) return ReconcileResult.RequeueAfter(wait);
        if (report.Failure is { } failure) throw failure;
        await FinalizeAsync(known, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task<Namespace> SetPhaseAsync(Namespace known, CancellationToken cancellationToken)
    {
        var copy = known.DeepClone();
        copy.Status.Phase = "Terminating";
        return await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private async Task<Namespace> WriteConditionsAsync(Namespace known, DeletionReport report, CancellationToken cancellationToken)
    {
        var copy = known.DeepClone();
        NamespaceConditions.Apply(copy.Status, report, Time.GetUtcNow());
        return copy.Status.DeepEquals(known.Status) ? known : await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private async Task FinalizeAsync(Namespace known, CancellationToken cancellationToken)
    {
        var copy = known.DeepClone();
        if (copy.Spec.Finalizers?.Remove(Finalizer) != true) return;
        try
        {
            await Client.Of<Namespace>().ReplaceAsync(copy, "finalize", null, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Gone already: that was the goal.
        }
    }
}
