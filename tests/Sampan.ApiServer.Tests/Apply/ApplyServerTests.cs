using System.Text;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Apply;

/// <summary>Server-side apply and the managers of other writes, through the whole pipeline.</summary>
public sealed class ApplyServerTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/configmaps/c";
    private const string Config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {one: \"1\"}\n";

    private readonly FakeTimeProvider _time = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Apply_AbsentName_Creates()
    {
        var (code, made) = await ApplyAsync<ConfigMap>(Config, "a");
        Assert.Equal(201, code);
        Assert.Equal("1", made.Data!["one"]);
        var entry = Assert.Single(made.Metadata.ManagedFields!);
        Assert.Equal(("a", "Apply", "v1"), (entry.Manager, entry.Operation, entry.ApiVersion));
        Assert.Equal("""{"f:data":{"f:one":{}}}""", entry.FieldsV1.ToString());
    }

    [Fact]
    public async Task Apply_Unchanged_KeepsTheVersion()
    {
        var (_, first) = await ApplyAsync<ConfigMap>(Config, "a");
        _time.Advance(TimeSpan.FromMinutes(1));
        var (code, second) = await ApplyAsync<ConfigMap>(Config, "a");
        Assert.Equal(200, code);
        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        Assert.Equal(first.Metadata.ManagedFields![0].Time, second.Metadata.ManagedFields![0].Time);
    }

    [Fact]
    public async Task Apply_StatusOfAServiceCIDR_IsManagedWithItsSpec()
    {
        const string path = "/apis/networking.k8s.io/v1/servicecidrs/more";
        const string config = """
            {"apiVersion":"networking.k8s.io/v1","kind":"ServiceCIDR","metadata":{"name":"more"},"spec":{"cidrs":["10.201.0.0/24"]},
             "status":{"conditions":[{"type":"Ready","status":"False","reason":"r","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
            """;
        var answer = await SendAsync(path + "?fieldManager=a", config);
        Assert.Equal(201, answer.Code);
        Assert.Equal("Ready", (string?)answer.Json["status"]!["conditions"]![0]!["type"]);
        Assert.Equal(["f:spec", "f:status"], answer.Json["metadata"]!["managedFields"]![0]!["fieldsV1"]!.AsObject().Select(field => field.Key).Order());
    }

    [Fact]
    public async Task Apply_DryRun_StoresNothing()
    {
        var answer = await SendAsync(Path + "?fieldManager=a&dryRun=All", Config);
        Assert.Equal(201, answer.Code);
        Assert.Equal(404, (await _server.SendAsync("GET", Path)).Code);
    }

    [Fact]
    public async Task Apply_FieldOfAnother_IsRefusedUnlessForced()
    {
        await ApplyAsync<ConfigMap>(Config, "a");
        var other = Config.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);
        var (code, refusal) = await ApplyAsync<Status>(other, "b");
        Assert.Equal((409, "Conflict"), (code, refusal.Reason));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"a\": .data.one", refusal.Message);
        Assert.Equal("FieldManagerConflict", Assert.Single(refusal.Details!.Causes!).Reason);
        var (_, forced) = await ApplyAsync<ConfigMap>(other, "b&force=true");
        Assert.Equal("2", forced.Data!["one"]);
        Assert.Equal("b", Assert.Single(forced.Metadata.ManagedFields!).Manager);
    }

    [Fact]
    public async Task Apply_WithoutManager_IsInvalid()
    {
        var answer = await SendAsync(Path, Config);
        Assert.Equal(422, answer.Code);
        Assert.Equal(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
            JsonCodec.Decode<Status>(answer.Bytes).Message);
    }

    [Fact]
    public async Task Apply_UnknownField_NamesItsPath()
    {
        var (code, refusal) = await ApplyAsync<Status>(Config + "bogus: 1\n", "a");
        Assert.Equal(500, code);
        Assert.Equal("failed to create typed patch object (/c; v1, Kind=ConfigMap): .bogus: field not declared in schema", refusal.Message);
    }

    [Fact]
    public async Task Apply_DuplicateFieldStrictly_IsRefused()
    {
        var (code, refusal) = await ApplyAsync<Status>(Config + "data: {}\n", "a&fieldValidation=Strict");
        Assert.Equal(400, code);
        Assert.StartsWith("error ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_OtherVersion_IsRefused()
    {
        var (code, refusal) = await ApplyAsync<Status>(Config.Replace("v1", "v2", StringComparison.Ordinal), "a");
        Assert.Equal(400, code);
        Assert.Equal("Incorrect version specified in apply patch. Specified patch version: v2, expected: v1", refusal.Message);
    }

    [Fact]
    public async Task Apply_WithManagedFields_IsRefused()
    {
        var (code, refusal) = await ApplyAsync<Status>(Config.Replace("name: c", "name: c, managedFields: []", StringComparison.Ordinal), "a");
        Assert.Equal((400, "metadata.managedFields must be nil"), (code, refusal.Message));
    }

    [Fact]
    public async Task Patch_ForcedMergePatch_IsInvalid()
    {
        var answer = await _server.SendAsync("PATCH", Path + "?force=true", "{}", "application/merge-patch+json");
        Assert.Equal(422, answer.Code);
    }

    [Fact]
    public async Task Update_StatusByController_OwnsOnlyTheStatus()
    {
        var client = _server.ClientOf("system:serviceaccount:kube-system:deployment-controller").Of<Deployment>();
        var made = await _server.Client.Of<Deployment>().CreateAsync(Web(), default);
        var changed = made.DeepClone();
        (changed.Status.Replicas, changed.Spec.Replicas) = (1, 9);
        var updated = await client.UpdateStatusAsync(changed, default);
        var entry = Assert.Single(updated.Metadata.ManagedFields!, entry => entry.Subresource == "status");
        Assert.Equal(("kube-controller-manager", "Update"), (entry.Manager, entry.Operation));
        Assert.Equal("""{"f:status":{"f:replicas":{}}}""", entry.FieldsV1.ToString());
        Assert.Equal(2, updated.Metadata.ManagedFields!.Count);
    }

    [Fact]
    public async Task Update_Unchanged_KeepsTheVersion()
    {
        var client = _server.Client.Of<Deployment>();
        var made = await client.CreateAsync(Web(), default);
        var again = await client.UpdateAsync(made.DeepClone(), default);
        Assert.Equal(made.Metadata.ResourceVersion, again.Metadata.ResourceVersion);
    }

    private async Task<(int Code, T Value)> ApplyAsync<T>(string config, string manager)
        where T : class, IWireValue<T>
    {
        var answer = await SendAsync($"{Path}?fieldManager={manager}", config);
        return (answer.Code, JsonCodec.Decode<T>(answer.Bytes));
    }

    private Task<RawAnswer> SendAsync(string target, string config) => _server.SendAsync("PATCH", target, config, "application/apply-patch+yaml");

    private static Deployment Web() => JsonCodec.Decode<Deployment>(Encoding.UTF8.GetBytes(
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},"spec":{"selector":{"matchLabels":{"a":"b"}},
        "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"x"}]}}}}
        """));
}
