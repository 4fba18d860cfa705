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
        Track("2026-01-01");
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

    /// <summary>What keeps a token that was made automatically and is old enough.</summary>
    [Theory]
    [InlineData("nothing", false)]
    [InlineData("used", true)]
    [InlineData("used long ago", false)]
    [InlineData("used at no date", true)]
    [InlineData("young", true)]
    [InlineData("mounted", true)]
    [InlineData("environment", true)]
    [InlineData("pull secret", true)]
    [InlineData("other account", true)]
    [InlineData("tracked since yesterday", true)]
    [InlineData("not tracked", true)]
    public async Task Reconcile_OldToken_IsInvalidatedUnless(string why, bool kept)
    {
        _harness.Time.Advance(TimeSpan.FromDays(400));
        var (now, day) = (_harness.Time.GetUtcNow(), "yyyy-MM-dd");
        var since = why == "tracked since yesterday" ? now.AddDays(-1) : now.AddDays(-399);
        if (why != "not tracked") Track(since.ToString(day, null));
        Api.Put(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "robot" }, Secrets = [new() { Name = "made" }] });
        PutToken("made", s =>
        {
            s.Metadata.CreationTimestamp = why == "young" ? now.AddDays(-300) : now.AddDays(-400);
            var used = why switch { "used" => now.AddDays(-300).ToString(day, null), "used long ago" => now.AddDays(-380).ToString(day, null), "used at no date" => "never", _ => null };
            if (used is not null) s.Metadata.Labels = new() { ["kubernetes.io/legacy-token-last-used"] = used };
            if (why == "other account") s.Metadata.Annotations!["kubernetes.io/service-account.uid"] = "another";
        });
        var pod = Workloads.Pod("user");
        if (why == "mounted") pod.Spec.Volumes = [new() { Name = "token", Secret = new() { SecretName = "made" } }];
        if (why == "environment") pod.Spec.Containers[0].EnvFrom = [new() { SecretRef = new() { Name = "made" } }];
        if (why == "pull secret") pod.Spec.ImagePullSecrets = [new() { Name = "made" }];
        Api.Put(pod);
        await _harness.StartAsync(c => new LegacyTokenCleaner(c, TimeSpan.FromDays(365)));
        if (!kept) await _harness.UntilAsync(IsInvalid, "invalidated");
        await _harness.SettleAsync();
        Assert.Equal(!kept, IsInvalid());

        bool IsInvalid() => Token("made")!.Metadata.Labels?.ContainsKey("kubernetes.io/legacy-token-invalid-since") == true;
    }

    [Fact]
    public async Task Reconcile_PodThatMountedItIsGone_IsInvalidatedAtTheNextLook()
    {
        Track("2026-01-01");
        Api.Put(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "robot" }, Secrets = [new() { Name = "made" }] });
        PutToken("made");
        var pod = Workloads.Pod("user");
        pod.Spec.Volumes = [new() { Name = "token", Secret = new() { SecretName = "made" } }];
        Api.Put(pod);
        await _harness.StartAsync(c => new LegacyTokenCleaner(c, TimeSpan.FromDays(365)));
        await DaysAsync(370);
        Assert.Null(Token("made")!.Metadata.Labels);
        Api.Remove<Pod>("default", "user");
        await DaysAsync(2);
        Assert.NotNull(Token("made")!.Metadata.Labels);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task DaysAsync(int days) => _harness.AdvanceAsync(TimeSpan.FromDays(days));

    private Secret? Token(string name) => Api.Find<Secret>("default", name);

    private void Track(string since) => Api.Put(new ConfigMap
    {
        Metadata = new ObjectMeta { Namespace = "kube-system", Name = "kube-apiserver-legacy-service-account-token-tracking" }, Data = new() { ["since"] = since },
    });

    private void PutToken(string name, Action<Secret>? change = null)
    {
        var secret = new Secret
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, Annotations = new() { ["kubernetes.io/service-account.name"] = "robot" } },
            Type = "kubernetes.io/service-account-token",
        };
        change?.Invoke(secret);
        Api.Put(secret);
    }
}
