using System.Text.Json.Nodes;
using Sampan.Api.StorageMigration.V1Beta1;
using Sampan.Client.Discovery;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StorageVersions;

/// <summary>
/// Has the API server write every object of a resource again, so that it is stored in the version of today. Upstream:
/// pkg/controller/storageversionmigrator.
/// <code>
///   (waits for an earlier one of its resource) ──▶ Running ──revision noted, every object patched with nothing──▶ Succeeded | Failed
/// </code>
/// </summary>
internal sealed class StorageVersionMigrator : Controller
{
    private const long PageSize = 500;

    /// <summary>A resource that was defined a moment ago may not be in discovery yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Informer<StorageVersionMigration> _migrations;
    private readonly OwnWrites<StorageVersionMigration> _writes;

    public StorageVersionMigrator(ControllerContext context)
        : base("storage-version-migrator-controller", context)
    {
        _migrations = Watch<StorageVersionMigration>(m => SameResource(m).Select(KeyOf).Append(KeyOf(m)));
        _writes = Writes(_migrations);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_migrations.Get(key) is not { } migration) return ReconcileResult.Done;
        if (IsOver(migration)) await EndAsync(migration, cancellationToken);
        else if (Is(migration, "Running")) await GoOnAsync(migration, cancellationToken);
        else if (IsNext(migration)) await BeginAsync(migration, cancellationToken);
        return ReconcileResult.Done;
    }

    private static bool Is(StorageVersionMigration migration, string type) => migration.Status.Conditions?.Exists(c => c.Type == type && c.Status == "True") == true;

    private static bool IsOver(StorageVersionMigration migration) => Is(migration, "Succeeded") || Is(migration, "Failed");

    private IEnumerable<StorageVersionMigration> SameResource(StorageVersionMigration migration) =>
        _migrations.List().Where(m => m.Spec.Resource.DeepEquals(migration.Spec.Resource));

    /// <summary>Of those of one resource the oldest runs, alone.</summary>
    private bool IsNext(StorageVersionMigration migration)
    {
        var waiting = SameResource(migration).Where(m => !IsOver(m)).ToList();
        return !waiting.Exists(m => Is(m, "Running"))
            && waiting.OrderBy(m => m.Metadata.CreationTimestamp?.Value).ThenBy(m => m.Metadata.Name, StringComparer.Ordinal).First().Metadata.Uid == migration.Metadata.Uid;
    }

    private async Task BeginAsync(StorageVersionMigration migration, CancellationToken cancellationToken)
    {
        await MigratedDefinition.BeginAsync(Client, migration, Time.GetUtcNow(), cancellationToken);
        await SayAsync(migration, "Running", "MigrationRunning", "The migration is running", null, cancellationToken);
    }

    private async Task EndAsync(StorageVersionMigration migration, CancellationToken cancellationToken)
    {
        if (migration.Status.Conditions?.Exists(c => c.Type == "Running") != true) return;
        await MigratedDefinition.EndAsync(Client, migration, Is(migration, "Succeeded"), Time.GetUtcNow(), cancellationToken);
        var copy = migration.DeepClone();
        copy.Status.Conditions!.RemoveAll(c => c.Type == "Running");
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private async Task GoOnAsync(StorageVersionMigration migration, CancellationToken cancellationToken)
    {
        var (group, name) = (migration.Spec.Resource.Group, migration.Spec.Resource.Resource);
        var served = await Client.Discovery.ResourcesAsync(cancellationToken);
        var resource = served.Preferred().FirstOrDefault(r => r.Resource.Group == group && r.Resource.Resource == name);
        if (resource is null)
        {
            if (migration.Metadata.CreationTimestamp?.Value + Patience > Time.GetUtcNow())
                throw new StatusException($"{new GroupResource(group, name)} is not served; tried again for a minute");
            await SayAsync(migration, "Failed", "StorageVersionMigrationFailed", "resource not found", null, cancellationToken);
            return;
        }

        if (string.IsNullOrEmpty(migration.Status.ResourceVersion))
        {
            var now = await Client.Metadata(resource.Resource).ListAsync(null, new() { Limit = 1 }, cancellationToken);
            migration = migration.DeepClone();
            migration.Status.ResourceVersion = now.ResourceVersion;
            migration = await _writes.UpdateStatusAsync(migration, cancellationToken);
        }

        if (await RewriteAllAsync(resource, cancellationToken) is { } failure)
            await SayAsync(migration, "Failed", "StorageVersionMigrationFailed", "migration encountered unhandled error", failure, cancellationToken);
        else await SayAsync(migration, "Succeeded", "StorageVersionMigrationSucceeded", "", null, cancellationToken);
    }

    /// <summary>Null, or what stands in the way. A server that is busy is come back to later.</summary>
    private async Task<StatusException?> RewriteAllAsync(ApiResourceInfo resource, CancellationToken cancellationToken)
    {
        var client = Client.Metadata(resource.Resource);
        for (string? next = null; ;)
        {
            var page = await client.ListAsync(null, new() { Limit = PageSize, Continue = next }, cancellationToken);
            foreach (var obj in page.Items)
            {
                try
                {
                    await client.PatchAsync(obj.Metadata.Namespace, obj.Metadata.Name, Nothing(resource, obj), cancellationToken);
                }
                catch (StatusException e) when (e.IsConflict || e.IsNotFound)
                {
                    // It was written by somebody else meanwhile, or is gone.
                }
                catch (StatusException e) when (e.Code is not (429 or >= 500))
                {
                    return e;
                }
            }

            if (string.IsNullOrEmpty(next = page.Continue)) return null;
        }
    }

    /// <summary>A change of nothing to this very version of the object: enough to have it stored again.</summary>
    private Patch Nothing(ApiResourceInfo resource, PartialObject obj)
    {
        var (group, version) = (resource.Resource.Group, resource.Resource.Version);
        var document = new JsonObject
        {
            ["apiVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["kind"] = resource.Kind,
            ["metadata"] = new JsonObject { ["uid"] = obj.Metadata.Uid, ["resourceVersion"] = obj.Metadata.ResourceVersion },
        };
        return Patch.Apply(document, Name);
    }

    private async Task SayAsync(
        StorageVersionMigration migration, string type, string reason, string message, StatusException? why, CancellationToken cancellationToken)
    {
        if (why is not null) Events.Event(migration, "Warning", reason, why.Message);
        var copy = migration.DeepClone();
        Conditions.Set(copy.Status.Conditions ??= [], new() { Type = type, Status = "True", Reason = reason, Message = message }, Time.GetUtcNow());
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }
}
