using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests.ServiceAccounts;

/// <summary>What every namespace has from the start: an account, and the cluster's CA.</summary>
public sealed class NamespaceAccountsTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private volatile string _ca = "CA";

    private FakeApi Api => _harness.Api;

    [Theory]
    [InlineData("active", true)]
    [InlineData("terminating", false)]
    [InlineData("being deleted", false)]
    [InlineData("missing", false)]
    public async Task Reconcile_Namespace_HasThemWhileItIsActive(string state, bool has)
    {
        Put(state);
        await StartAsync();
        if (has) await _harness.UntilAsync(() => Account is not null && Map is not null, "both");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((has, has), (Account is not null, Map is not null));
    }

    [Fact]
    public async Task Reconcile_NamespaceBecomesActive_GetsThem()
    {
        Put("terminating");
        await StartAsync();
        Put("active");
        await _harness.UntilAsync(() => Account is not null && Map is not null, "both");
    }

    [Fact]
    public async Task Reconcile_CaIsReplaced_EveryNamespaceGetsTheOther()
    {
        Put("active");
        await StartAsync();
        await _harness.UntilAsync(() => Map?.Data?["ca.crt"] == "CA", "the CA");
        _ca = "NEW";
        await _harness.AdvanceUntilAsync(() => Map!.Data!["ca.crt"] == "NEW", "the other", TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("another account")]
    [InlineData("another map")]
    public async Task Reconcile_SomethingElseChanges_WritesNothing(string what)
    {
        Put("active");
        await StartAsync();
        await _harness.UntilAsync(() => Account is not null && Map is not null, "both");
        var before = Api.Writes.Count();
        if (what == "another account")
        {
            Api.Put(new ServiceAccount { Metadata = new() { Namespace = "team", Name = "bot" } });
            Api.Remove<ServiceAccount>("team", "bot");
        }
        else
        {
            Api.Put(new ConfigMap { Metadata = new() { Namespace = "team", Name = "settings" } });
            Api.Remove<ConfigMap>("team", "settings");
        }

        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(before, Api.Writes.Count());
    }

    [Fact]
    public async Task Reconcile_MapHasMoreThanTheCa_IsPutRight()
    {
        Put("active");
        Api.Put(new ConfigMap { Metadata = new() { Namespace = "team", Name = "kube-root-ca.crt", Labels = new() { ["mine"] = "yes" } }, Data = new() { ["ca.crt"] = "CA", ["more"] = "of it" } });
        await StartAsync();
        await _harness.UntilAsync(() => Map?.Data is { Count: 1 }, "the CA alone");
        Assert.Equal("yes", Map!.Metadata.Labels!["mine"]);
    }

    [Fact]
    public async Task Reconcile_NamespaceGoesMeanwhile_IsNoFailure()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Create && r.Namespace == "team" ? Terminating() : null;
        Put("active");
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, Api.Requests.Count(r => r.Verb == ApiVerbs.Create && r.Namespace == "team"));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private ServiceAccount? Account => Api.Find<ServiceAccount>("team", "default");

    private ConfigMap? Map => Api.Find<ConfigMap>("team", "kube-root-ca.crt");

    private Task StartAsync() => _harness.StartAsync(c => new ServiceAccountController(c), c => new RootCaPublisher(c, () => _ca));

    private void Put(string state)
    {
        if (state == "missing") return;
        var ns = new Namespace { Metadata = new() { Name = "team" }, Spec = new() { Finalizers = ["kubernetes"] }, Status = new() { Phase = state == "active" ? "Active" : "Terminating" } };
        if (state == "being deleted") (ns.Metadata.DeletionTimestamp, ns.Status.Phase) = (_harness.Time.GetUtcNow(), "Active");
        Api.Put(ns);
    }

    private static StatusException Terminating() => new(new Status
    {
        StatusValue = "Failure", Code = 403, Reason = "Forbidden", Message = "the namespace is being terminated", Details = new() { Causes = [new() { Reason = "NamespaceTerminating" }] },
    });
}
