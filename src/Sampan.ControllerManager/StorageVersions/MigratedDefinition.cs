using Sampan.Api.ApiExtensions.V1;
using Sampan.Api.StorageMigration.V1Beta1;

namespace Sampan.ControllerManager.StorageVersions;

/// <summary>
/// What a definition of custom resources says of the migration of its objects; after a success it forgets the versions in which none is
/// stored any more, unless it was changed meanwhile.
/// </summary>
internal static class MigratedDefinition
{
    private const string Migrating = "StorageMigrating";

    public static Task BeginAsync(ApiClient client, StorageVersionMigration migration, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(client, migration, definition => Say(definition, "True", "MigrationRunning", $"Migration {migration.Metadata.Name} is running", now), cancellationToken);

    public static Task EndAsync(ApiClient client, StorageVersionMigration migration, bool succeeded, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(client, migration, definition => End(definition, succeeded, now), cancellationToken);

    private static void End(CustomResourceDefinition definition, bool succeeded, DateTimeOffset now)
    {
        var isUnchanged = definition.Status.Conditions?.Find(c => c.Type == Migrating)?.ObservedGeneration == definition.Metadata.Generation;
        if (!succeeded)
        {
            Say(definition, "False", "MigrationFailed", "The migration has failed", now);
            return;
        }

        var versions = isUnchanged ? " and the stored versions have been updated" : " but the stored versions have not been updated due to a generation mismatch";
        Say(definition, "False", "MigrationSucceeded", "The migration has succeeded" + versions, now);
        if (isUnchanged) definition.Status.StoredVersions = [.. definition.Spec.Versions.Where(v => v.Storage).Select(v => v.Name)];
    }

    private static void Say(CustomResourceDefinition definition, string status, string reason, string message, DateTimeOffset now)
    {
        var conditions = definition.Status.Conditions ??= [];
        conditions.RemoveAll(c => c.Type == Migrating);
        conditions.Add(new()
        {
            Type = Migrating, Status = status, Reason = reason, Message = message, LastTransitionTime = now, ObservedGeneration = definition.Metadata.Generation,
        });
    }

    /// <summary>Built-in resources have no definition.</summary>
    private static async Task ChangeAsync(ApiClient client, StorageVersionMigration migration, Action<CustomResourceDefinition> change, CancellationToken cancellationToken)
    {
        var resource = migration.Spec.Resource;
        if (resource.Group.Length == 0) return;
        var definitions = client.Of<CustomResourceDefinition>();
        if (await definitions.FindAsync(null, $"{resource.Resource}.{resource.Group}", cancellationToken) is not { } definition) return;
        var copy = definition.DeepClone();
        change(copy);
        await definitions.UpdateStatusAsync(copy, cancellationToken);
    }
}
