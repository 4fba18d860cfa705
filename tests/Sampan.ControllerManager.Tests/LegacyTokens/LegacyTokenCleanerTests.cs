using Sampan.Api.Core.V1;
using Sampan.ControllerManager.LegacyTokens;

namespace Sampan.ControllerManager.Tests.LegacyTokens;

public sealed class LegacyTokenCleanerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_UnusedForYears_IsInvalidatedThenDeleted()
    {
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "kube-system", Name = "kube-apiserver-legacy-service-account-token-tracking" }, Data = new() { ["since"] = "2026-01-01" } });
        Api.Put(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "robot" }, Secrets = [new() { Name = "made" }] });
        PutToken("made");
        PutToken("wanted");
        await _harness.StartAsync(c => new LegacyTokenCleaner(c, TimeSpan.FromDays(365)));
        await DaysAsync(364);
        Assert.Null(Token("made")!.Metadata.Labels);
        await DaysAsync(3);
        Assert.StartsWith("2027-01-0", Token("made")!.Metadata.Labels!["kubernetes.io/legacy-token-invalid-since"], StringComparison.Ordinal);
        await DaysAsync(362);
        Assert.NotNull(Token("made"));
        await DaysAsync(5);
        Assert.Null(Token("made"));
        Assert.Null(Token("wanted")!.Metadata.Labels);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task DaysAsync(int days) => _harness.AdvanceAsync(TimeSpan.FromDays(days));

    private Secret? Token(string name) => Api.Find<Secret>("default", name);

    private void PutToken(string name) => Api.Put(new Secret
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Annotations = new() { ["kubernetes.io/service-account.name"] = "robot" } },
        Type = "kubernetes.io/service-account-token",
    });
}
