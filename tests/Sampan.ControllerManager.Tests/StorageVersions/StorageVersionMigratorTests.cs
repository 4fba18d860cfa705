using Sampan.Api.ApiExtensions.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.StorageMigration.V1Beta1;
using Sampan.ControllerManager.StorageVersions;

namespace Sampan.ControllerManager.Tests.StorageVersions;

public sealed class StorageVersionMigratorTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private IEnumerable<string> Rewritten => Api.Requests.Where(r => r is { Verb: ApiVerbs.Patch, Resource.Resource: "configmaps" }).Select(r => r.Name!);

    [Fact]
    public async Task Reconcile_EveryObject_IsWrittenAgain()
    {
        for (var i = 0; i < 3; i++) Api.Put(new ConfigMap { Metadata = new() { Namespace = "default", Name = $"map-{i}" } });
        await StartAsync(Migration("m", "configmaps"));
        await _harness.UntilAsync(() => Conditions("m") == "Succeeded:StorageVersionMigrationSucceeded", "success");
        Assert.Equal(["map-0", "map-1", "map-2"], Rewritten.Order());
        Assert.NotEmpty(Find("m").Status.ResourceVersion!);
        Assert.All(Api.Requests.Where(r => r.Verb == ApiVerbs.Patch), r => Assert.Equal("application/apply-patch+yaml", r.Content!.Encode(WireFormat.Json).MediaType));
    }

    [Theory]
    [InlineData("conflict", 409, "Succeeded:StorageVersionMigrationSucceeded")]
    [InlineData("gone", 404, "Succeeded:StorageVersionMigrationSucceeded")]
    [InlineData("refused", 422, "Failed:StorageVersionMigrationFailed")]
    public async Task Reconcile_ObjectThatCannotBeWritten_IsLeftOrFailsAll(string what, int code, string wanted)
    {
        Api.Put(new ConfigMap { Metadata = new() { Namespace = "default", Name = "map" } });
        Api.Refuse = r => r is { Verb: ApiVerbs.Patch, Resource.Resource: "configmaps" } ? Failure(code) : null;
        await StartAsync(Migration("m", "configmaps"));
        await _harness.UntilAsync(() => Conditions("m") == wanted, what);
    }

    [Fact]
    public async Task Reconcile_ServerBusy_IsComeBackTo()
    {
        Api.Put(new ConfigMap { Metadata = new() { Namespace = "default", Name = "map" } });
        var refusals = 3;
        Api.Refuse = r => r is { Verb: ApiVerbs.Patch, Resource.Resource: "configmaps" } && Interlocked.Decrement(ref refusals) >= 0 ? StatusException.TooManyRequests("busy", 1) : null;
        await StartAsync(Migration("m", "configmaps"));
        await _harness.AdvanceUntilAsync(() => Conditions("m") == "Succeeded:StorageVersionMigrationSucceeded", "success");
    }

    [Fact]
    public async Task Reconcile_ResourceNotServed_FailsAfterAMinute()
    {
        await StartAsync(Migration("m", "widgets"));
        await _harness.UntilAsync(() => Conditions("m") == "Running:MigrationRunning", "it tries");
        await _harness.AdvanceUntilAsync(() => Conditions("m").StartsWith("Failed", StringComparison.Ordinal), "failure", TimeSpan.FromSeconds(5));
        Assert.Equal("resource not found", Find("m").Status.Conditions!.Single().Message);
    }

    [Fact]
    public async Task Reconcile_TwoOfOneResource_RunOneAfterTheOther()
    {
        Api.Put(new ConfigMap { Metadata = new() { Namespace = "default", Name = "map" } });
        var busy = true;
        Api.Refuse = r => Volatile.Read(ref busy) && r is { Verb: ApiVerbs.Patch, Resource.Resource: "configmaps" } ? StatusException.TooManyRequests("busy", 1) : null;
        Api.Put(Migration("b", "configmaps"));
        await StartAsync(Migration("a", "configmaps"));
        await _harness.UntilAsync(() => Conditions("a") == "Running:MigrationRunning", "the first runs");
        Assert.Equal("", Conditions("b"));
        Volatile.Write(ref busy, false);
        await _harness.AdvanceUntilAsync(() => Conditions("b") == "Succeeded:StorageVersionMigrationSucceeded", "both");
        Assert.Equal("Succeeded:StorageVersionMigrationSucceeded", Conditions("a"));
    }

    [Theory]
    [InlineData(false, "MigrationSucceeded", "v2")]
    [InlineData(true, "MigrationSucceeded", "v1 v2")]
    public async Task Reconcile_CustomResource_DefinitionForgetsOldVersions(bool changedMeanwhile, string reason, string stored)
    {
        Api.Put(Definition());
        Api.Special = r => r.RawPath == "/apis" ? Discovery : null;
        Api.Refuse = r => changedMeanwhile && r is { Verb: ApiVerbs.List, Resource.Resource: "widgets" } ? ChangeDefinition() : null;
        var migration = Migration("m", "widgets");
        migration.Spec.Resource.Group = "example.com";
        await StartAsync(migration);
        await _harness.AdvanceUntilAsync(() => Api.Find<CustomResourceDefinition>(null, "widgets.example.com")!.Status.Conditions is [{ Status: "False" }], "the end");
        var status = Api.Find<CustomResourceDefinition>(null, "widgets.example.com")!.Status;
        Assert.Equal((reason, stored), (status.Conditions![0].Reason, string.Join(' ', status.StoredVersions!)));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static byte[] Discovery =>
        """{"items":[{"metadata":{"name":"example.com"},"versions":[{"version":"v2","freshness":"Current","resources":[{"resource":"widgets","responseKind":{"group":"example.com","version":"v2","kind":"Widget"},"scope":"Namespaced","singularResource":"widget","verbs":["list","patch"]}]}]}]}"""u8.ToArray();

    private static CustomResourceDefinition Definition() => new()
    {
        Metadata = new() { Name = "widgets.example.com" },
        Spec = new() { Group = "example.com", Versions = [new() { Name = "v1", Served = true }, new() { Name = "v2", Served = true, Storage = true }] },
        Status = new() { StoredVersions = ["v1", "v2"] },
    };

    private static StatusException Failure(int code) => code switch
    {
        409 => StatusException.Conflict(new GroupResource("", "configmaps"), "map"),
        404 => StatusException.NotFound(new GroupResource("", "configmaps"), "map"),
        _ => StatusException.BadRequest("no"),
    };

    private StatusException? ChangeDefinition()
    {
        var definition = Api.Find<CustomResourceDefinition>(null, "widgets.example.com")!.DeepClone();
        if (definition.Spec.Versions.Count == 3) return null;
        definition.Spec.Versions.Add(new() { Name = "v3" });
        Api.Put(definition);
        return null;
    }

    private static StorageVersionMigration Migration(string name, string resource) =>
        new() { Metadata = new() { Name = name }, Spec = new() { Resource = new() { Resource = resource } } };

    private StorageVersionMigration Find(string name) => Api.Find<StorageVersionMigration>(null, name)!;

    private string Conditions(string name) => string.Join(' ', Find(name).Status.Conditions.OrEmpty().Select(c => $"{c.Type}:{c.Reason}"));

    private Task StartAsync(StorageVersionMigration migration)
    {
        Api.Put(migration);
        return _harness.StartAsync(c => new StorageVersionMigrator(c));
    }
}
