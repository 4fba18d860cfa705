using Sampan.Api.ApiServerInternal.V1Alpha1;
using Sampan.Api.Coordination.V1;
using Sampan.ControllerManager.StorageVersions;

namespace Sampan.ControllerManager.Tests.StorageVersions;

public sealed class StorageVersionCleanerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private StorageVersion? Version => _harness.Api.Find<StorageVersion>(null, "k8s.test.cronjobs");

    [Theory]
    [InlineData("a b", "a b", "v1 v2", "a b", null)]
    [InlineData("a", "a b", "v1 v2", "a", "v1")]
    [InlineData("a b", "a b c", "v1 v1 v2", "a b", "v1")]
    [InlineData("", "a b", "v1 v1", "", null)]
    [InlineData("a foreign", "a foreign", "v1 v2", "a", "v1")]
    public async Task Reconcile_ServersThatAreGone_AreTakenOut(string leases, string servers, string encodings, string left, string? common)
    {
        foreach (var lease in Split(leases)) Put(lease, lease == "foreign" ? "somebody" : "kube-apiserver");
        _harness.Api.Put(Of(Split(servers), Split(encodings)));
        await _harness.StartAsync(c => new StorageVersionCleaner(c));
        await _harness.UntilAsync(() => string.Join(' ', (Version?.Status.StorageVersions).OrEmpty().Select(s => s.ApiServerID)) == left, "those that are left");
        Assert.Equal(left.Length == 0, Version is null);
        if (left == servers || Version is null) return;
        Assert.Equal(common, Version.Status.CommonEncodingVersion);
        Assert.Equal(("AllEncodingVersionsEqual", "True", "CommonEncodingVersionSet"), Version.Status.Conditions!.Select(c => (c.Type, c.Status, c.Reason)).Single());
    }

    [Fact]
    public async Task Reconcile_ServerEnds_IsTakenOut()
    {
        Put("a", "kube-apiserver");
        Put("b", "kube-apiserver");
        _harness.Api.Put(Of(["a", "b"], ["v1", "v1"]));
        await _harness.StartAsync(c => new StorageVersionCleaner(c));
        await _harness.SettleAsync();
        _harness.Api.Remove<Lease>("kube-system", "b");
        await _harness.UntilAsync(() => Version?.Status.StorageVersions is [{ ApiServerID: "a" }], "one server");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static StorageVersion Of(string[] servers, string[] encodings) => new()
    {
        Metadata = new() { Name = "k8s.test.cronjobs" },
        Status = new() { StorageVersions = [.. servers.Zip(encodings, (server, version) => new ServerStorageVersion { ApiServerID = server, EncodingVersion = version })] },
    };

    private void Put(string lease, string component) => _harness.Api.Put(
        new Lease { Metadata = new() { Namespace = "kube-system", Name = lease, Labels = new() { ["apiserver.kubernetes.io/identity"] = component } } });
}
