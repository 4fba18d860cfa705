using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Namespaces;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests.Namespaces;

public sealed class NamespaceControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_Deleted_EmptiesThenFinalizes()
    {
        PutNamespace("team");
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "a" } });
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "other", Name = "a" } });
        await _harness.StartAsync(c => new NamespaceController(c));
        await Api.Client.Of<Namespace>().DeleteAsync("", "team", default);
        await _harness.AdvanceUntilAsync(() => Api.Find<Namespace>("", "team") is null, "the namespace goes");
        Assert.Equal("other", Assert.Single(Api.List<ConfigMap>()).Metadata.Namespace);
    }

    [Fact]
    public async Task Reconcile_ContentHeldByFinalizer_WaitsAndSaysWhy()
    {
        PutNamespace("team");
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "a", Finalizers = ["example.com/hold"] } });
        await _harness.StartAsync(c => new NamespaceController(c));
        await Api.Client.Of<Namespace>().DeleteAsync("", "team", default);
        await _harness.UntilAsync(() => Message("NamespaceFinalizersRemaining")?.Contains("example.com/hold in 1", StringComparison.Ordinal) == true, "the reason");
        Assert.Contains("configmaps. has 1 resource instances", Message("NamespaceContentRemaining"), StringComparison.Ordinal);
        Assert.Equal("Terminating", Api.Find<Namespace>("", "team")!.Status.Phase);
        Api.Remove<ConfigMap>("team", "a");
        await _harness.AdvanceUntilAsync(() => Api.Find<Namespace>("", "team") is null, "the namespace goes", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_PodsAreStillThere_TheRestWaits()
    {
        PutNamespace("team");
        Api.Put(new Pod { Metadata = new ObjectMeta { Namespace = "team", Name = "a", Finalizers = ["example.com/hold"] } });
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "a" } });
        await _harness.StartAsync(c => new NamespaceController(c));
        await Api.Client.Of<Namespace>().DeleteAsync("", "team", default);
        await _harness.UntilAsync(() => Message("NamespaceContentRemaining") == "Some resources are remaining: pods. has 1 resource instances", "the reason");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.NotNull(Api.Find<ConfigMap>("team", "a"));
        Api.Remove<Pod>("team", "a");
        await _harness.AdvanceUntilAsync(() => Api.Find<Namespace>("", "team") is null, "the namespace goes", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_AGroupDoesNotAnswer_EmptiesTheRestAndSaysWhy()
    {
        PutNamespace("team");
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "a" } });
        var isDown = true;
        Api.Special = r => isDown && r.RawPath == "/apis"
            ? """{"items":[{"metadata":{"name":"example.com"},"versions":[{"version":"v1","freshness":"Stale","resources":[]}]}]}"""u8.ToArray() : null;
        await _harness.StartAsync(c => new NamespaceController(c));
        await Api.Client.Of<Namespace>().DeleteAsync("", "team", default);
        await _harness.UntilAsync(() => Message("NamespaceDeletionDiscoveryFailure")?.Contains("example.com/v1", StringComparison.Ordinal) == true, "the reason");
        Assert.Equal(("True", "DiscoveryFailed"), Condition("NamespaceDeletionDiscoveryFailure"));
        Assert.Equal(("False", "ContentRemoved"), Condition("NamespaceContentRemaining"));
        Assert.Empty(Api.List<ConfigMap>());
        isDown = false;
        await _harness.AdvanceUntilAsync(() => Api.Find<Namespace>("", "team") is null, "the namespace goes", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_ContentCannotBeDeleted_SaysWhyAndTriesAgain()
    {
        PutNamespace("team");
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "a" } });
        var refuses = true;
        Api.Refuse = r => refuses && r is { Verb: ApiVerbs.DeleteCollection, Resource.Resource: "configmaps" } ? StatusException.Forbidden(r.Resource.GroupResource, "", "not today") : null;
        await _harness.StartAsync(c => new NamespaceController(c));
        await Api.Client.Of<Namespace>().DeleteAsync("", "team", default);
        await _harness.UntilAsync(() => Message("NamespaceDeletionContentFailure")?.Contains("not today", StringComparison.Ordinal) == true, "the reason");
        Assert.StartsWith("Failed to delete all resource types, 1 remaining: ", Message("NamespaceDeletionContentFailure"), StringComparison.Ordinal);
        Assert.Equal(("True", "ContentDeletionFailed"), Condition("NamespaceDeletionContentFailure"));
        Assert.Equal(("False", "ResourcesDiscovered"), Condition("NamespaceDeletionDiscoveryFailure"));
        Assert.Equal(("False", "ParsedGroupVersions"), Condition("NamespaceDeletionGroupVersionParsingFailure"));
        refuses = false;
        await _harness.AdvanceUntilAsync(() => Api.Find<Namespace>("", "team") is null, "the namespace goes", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task ServiceAccountAndRootCa_EveryActiveNamespace_HasThem()
    {
        PutNamespace("team");
        await _harness.StartAsync(c => new ServiceAccountController(c), c => new RootCaPublisher(c, () => "CA"));
        await _harness.UntilAsync(() => Api.Find<ServiceAccount>("team", "default") is not null, "the account");
        await _harness.UntilAsync(() => Api.Find<ConfigMap>("team", "kube-root-ca.crt")?.Data?["ca.crt"] == "CA", "the CA");
        Api.Remove<ServiceAccount>("team", "default");
        await _harness.UntilAsync(() => Api.Find<ServiceAccount>("team", "default") is not null, "the account is back");
        var changed = Api.Find<ConfigMap>("team", "kube-root-ca.crt")!.DeepClone();
        changed.Data!["ca.crt"] = "evil";
        Api.Put(changed);
        await _harness.UntilAsync(() => Api.Find<ConfigMap>("team", "kube-root-ca.crt")!.Data!["ca.crt"] == "CA", "the CA is back");
        changed = Api.Find<ConfigMap>("team", "kube-root-ca.crt")!.DeepClone();
        changed.Metadata.Annotations = null;
        Api.Put(changed);
        await _harness.UntilAsync(() => Api.Find<ConfigMap>("team", "kube-root-ca.crt")!.Metadata.Annotations?.ContainsKey("kubernetes.io/description") == true, "its description is back");
        Api.Remove<ConfigMap>("team", "kube-root-ca.crt");
        await _harness.UntilAsync(() => Api.Find<ConfigMap>("team", "kube-root-ca.crt") is not null, "it is published again");
    }

    [Fact]
    public async Task Tokens_SecretGone_IsNotListedByItsAccountAnyMore()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var pem = key.ExportECPrivateKeyPem();
        Api.Put(new ServiceAccount { Metadata = new() { Namespace = "team", Name = "bot" }, Secrets = [new() { Name = "bot-token" }, new() { Name = "other" }] });
        Api.Put(new Secret
        {
            Metadata = new() { Namespace = "team", Name = "bot-token", Annotations = new() { ["kubernetes.io/service-account.name"] = "bot" } },
            Type = "kubernetes.io/service-account-token",
        });
        await _harness.StartAsync(c => new TokensController(c, () => pem, () => "CA"));
        await _harness.UntilAsync(() => Api.Find<Secret>("team", "bot-token")?.Data?.ContainsKey("token") == true, "the token");
        Api.Remove<Secret>("team", "bot-token");
        await _harness.UntilAsync(() => Api.Find<ServiceAccount>("team", "bot")!.Secrets is [{ Name: "other" }], "the account lists the other one only");
    }

    [Fact]
    public async Task Tokens_SecretOfAnAccount_IsFilledAndGoesWithIt()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var pem = key.ExportECPrivateKeyPem();
        var account = Api.Put(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "team", Name = "bot" } });
        Api.Put(new Secret
        {
            Metadata = new ObjectMeta { Namespace = "team", Name = "bot-token", Annotations = new() { ["kubernetes.io/service-account.name"] = "bot" } },
            Type = "kubernetes.io/service-account-token",
        });
        await _harness.StartAsync(c => new TokensController(c, () => pem, () => "CA"));
        await _harness.UntilAsync(() => Api.Find<Secret>("team", "bot-token")?.Data?.ContainsKey("token") == true, "the token");
        var secret = Api.Find<Secret>("team", "bot-token")!;
        Assert.Equal(account.Metadata.Uid, secret.Metadata.Annotations!["kubernetes.io/service-account.uid"]);
        Assert.Equal(3, System.Text.Encoding.UTF8.GetString(secret.Data!["token"]).Split('.').Length);
        Api.Remove<ServiceAccount>("team", "bot");
        await _harness.UntilAsync(() => Api.Find<Secret>("team", "bot-token") is null, "the secret goes");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private string? Message(string type) => Api.Find<Namespace>("", "team")?.Status.Conditions?.Find(c => c.Type == type)?.Message;

    private (string? Status, string? Reason) Condition(string type) =>
        Api.Find<Namespace>("", "team")?.Status.Conditions?.Find(c => c.Type == type) is { } found ? (found.Status, found.Reason) : default;

    private void PutNamespace(string name) => Api.Put(new Namespace
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new NamespaceSpec { Finalizers = ["kubernetes"] },
        Status = new NamespaceStatus { Phase = "Active" },
    });
}
