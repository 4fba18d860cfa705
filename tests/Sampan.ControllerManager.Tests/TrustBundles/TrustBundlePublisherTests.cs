using Sampan.Api.Certificates.V1Beta1;
using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.TrustBundles;

namespace Sampan.ControllerManager.Tests.TrustBundles;

public sealed class TrustBundlePublisherTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private volatile string _ca = "CA";

    private IEnumerable<string> Published => _harness.Api.List<ClusterTrustBundle>().Select(b => $"{b.Metadata.Name} {b.Spec.SignerName} {b.Spec.TrustBundle}").Order();

    [Theory]
    [InlineData("no bundles", null, null, null)]
    [InlineData("bundle of another signer stays", "other", "example.com/other", "OLD")]
    [InlineData("bundle of the CA before goes", "kubernetes.io:kube-apiserver-serving:old", TrustBundlePublisher.SignerName, "OLD")]
    [InlineData("bundle with other contents is put right", "", TrustBundlePublisher.SignerName, "OLD")]
    [InlineData("bundle is right", "", TrustBundlePublisher.SignerName, "CA")]
    public async Task Reconcile_WhateverIsThere_OneBundleIsPublished(string what, string? name, string? signer, string? bundle)
    {
        var own = TrustBundlePublisher.NameOf("CA");
        if (name is not null)
            _harness.Api.Put(new ClusterTrustBundle { Metadata = new() { Name = name.Length > 0 ? name : own }, Spec = new() { SignerName = signer, TrustBundle = bundle! } });
        await _harness.StartAsync(c => new TrustBundlePublisher(c, () => _ca));
        var wanted = new List<string> { $"{own} {TrustBundlePublisher.SignerName} CA" };
        if (name == "other") wanted.Add("other example.com/other OLD");
        await _harness.UntilAsync(() => Published.SequenceEqual(wanted.Order()), what);
    }

    [Fact]
    public async Task Reconcile_BundleDeleted_IsPublishedAgain()
    {
        await _harness.StartAsync(c => new TrustBundlePublisher(c, () => _ca));
        await _harness.UntilAsync(() => Published.Count() == 1, "the bundle");
        _harness.Api.Remove<ClusterTrustBundle>(null, TrustBundlePublisher.NameOf("CA"));
        await _harness.UntilAsync(() => Published.Count() == 1, "the bundle again");
        Assert.StartsWith("kubernetes.io:kube-apiserver-serving:", Published.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_CaIsReplaced_ItsBundleTakesThePlaceOfTheOther()
    {
        await _harness.StartAsync(c => new TrustBundlePublisher(c, () => _ca));
        await _harness.UntilAsync(() => Published.Count() == 1, "the bundle");
        _ca = "NEW";
        var wanted = $"{TrustBundlePublisher.NameOf("NEW")} {TrustBundlePublisher.SignerName} NEW";
        await _harness.AdvanceUntilAsync(() => Published.SequenceEqual([wanted]), "the other bundle", TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public async Task PodCertificateRequest_AfterHalfAnHour_IsDeleted(int minutes, int left)
    {
        _harness.Api.Put(new PodCertificateRequest { Metadata = new() { Namespace = "default", Name = "r" } });
        await _harness.StartAsync(c => new PodCertificateCleaner(c));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(minutes));
        await _harness.UntilAsync(() => _harness.Api.List<PodCertificateRequest>().Count == left, "what is left");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
