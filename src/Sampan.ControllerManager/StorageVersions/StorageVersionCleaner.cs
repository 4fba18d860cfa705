using Sampan.Api.ApiServerInternal.V1Alpha1;
using Sampan.Api.Coordination.V1;

namespace Sampan.ControllerManager.StorageVersions;

/// <summary>
/// Takes API servers that are gone out of StorageVersions; one that no server is left in goes. Upstream: pkg/controller/storageversiongc.
/// </summary>
internal sealed class StorageVersionCleaner : Controller
{
    private const string LeaseNamespace = "kube-system";
    private const string Component = "apiserver.kubernetes.io/identity";
    private readonly Informer<StorageVersion> _versions;
    private readonly Informer<Lease> _leases;
    private readonly OwnWrites<StorageVersion> _writes;

    public StorageVersionCleaner(ControllerContext context)
        : base("storageversion-garbage-collector-controller", context, workers: 1)
    {
        _versions = Watch<StorageVersion>(v => [KeyOf(v)]);
        _leases = Watch(context.Informers.For<Lease>(LeaseNamespace), OnLease);
        _writes = Writes(_versions);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_versions.Get(key) is not { Status.StorageVersions: { Count: > 0 } all } version) return ReconcileResult.Done;
        var left = new List<ServerStorageVersion>();
        foreach (var server in all)
            if (await IsThereAsync(server.ApiServerID, cancellationToken)) left.Add(server);
        if (left.Count == all.Count) return ReconcileResult.Done;
        if (left.Count == 0)
        {
            await _writes.DeleteAsync(version, null, cancellationToken);
            return ReconcileResult.Done;
        }

        var copy = version.DeepClone();
        copy.Status.StorageVersions = left.ConvertAll(server => server.DeepClone());
        CommonEncoding.Set(copy.Status, version.Metadata.Generation, Time.GetUtcNow());
        await _writes.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>No server is declared gone on the word of a cache.</summary>
    private async Task<bool> IsThereAsync(string server, CancellationToken cancellationToken) =>
        IsIdentity(_leases.Get(LeaseNamespace, server)) || IsIdentity(await Direct(_leases).FindAsync(LeaseNamespace, server, cancellationToken));

    private static bool IsIdentity(Lease? lease) => lease?.Metadata.Labels?.GetValueOrDefault(Component) == "kube-apiserver";

    private void OnLease(Lease? old, Lease? current)
    {
        if (current is not null || !IsIdentity(old)) return;
        foreach (var version in _versions.List())
            if (version.Status.StorageVersions.OrEmpty().Any(s => s.ApiServerID == old!.Metadata.Name)) Queue.Add(KeyOf(version));
    }
}
