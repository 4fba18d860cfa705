using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Tests.Fakes;
using Sampan.Kubelet.References;
using Sampan.Kubelet.Volumes;
using Alpha = Sampan.Api.Certificates.V1Alpha1.ClusterTrustBundle;
using Beta = Sampan.Api.Certificates.V1Beta1.ClusterTrustBundle;
using Eventually = Sampan.Kubelet.Tests.Fakes.Eventually;

namespace Sampan.Kubelet.Tests.References;

/// <summary>Authorities for pods, as upstream's clustertrustbundle manager chooses, joins and refuses them.</summary>
public sealed class TrustBundlesTests : IAsyncDisposable
{
    private const string Signer = "example.test/signer";
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private readonly TrustBundles _bundles;

    public TrustBundlesTests()
    {
        _api = new FakeApi(_time);
        _bundles = new TrustBundles(_api.Client, _time, NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _bundles.DisposeAsync();

    [Fact]
    public async Task ByName_BundleWithRepeats_GivesEachCertificateOnce()
    {
        _api.Put(Bundle("one", "", Pem(1) + Pem(2) + "some text\n" + Pem(1)));

        var pem = await _bundles.ByNameAsync("one", false, Ct);

        Assert.Equal(Sorted(Pem(1), Pem(2)), Blocks(pem));
        Assert.Equal(pem, await _bundles.ByNameAsync("one", false, Ct));
    }

    [Fact]
    public async Task ByName_Missing_IsAnErrorUnlessOptional()
    {
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => _bundles.ByNameAsync("one", false, Ct));
        Assert.Equal("while getting ClusterTrustBundle: clustertrustbundle.certificates.k8s.io \"one\" not found", failure.Message);
        Assert.Equal("", await _bundles.ByNameAsync("one", true, Ct));
    }

    [Fact]
    public async Task BySigner_Selector_ChoosesAmongTheSignersBundles()
    {
        _api.Put(Bundle("live", Signer, Pem(1), "live"));
        _api.Put(Bundle("canary", Signer, Pem(2) + Pem(1), "canary"));
        _api.Put(Bundle("other", "other.test/signer", Pem(3), "live"));

        Assert.Equal(Sorted(Pem(1), Pem(2)), Blocks(await _bundles.BySignerAsync(Signer, new(), false, Ct)));
        Assert.Equal([Pem(1)], Blocks(await _bundles.BySignerAsync(Signer, new() { MatchLabels = new() { ["stage"] = "live" } }, false, Ct)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BySigner_NothingMatches_IsAnErrorUnlessOptional(bool withSelector)
    {
        _api.Put(Bundle("live", Signer, Pem(1), "live"));
        var selector = withSelector ? new Sampan.Api.Meta.V1.LabelSelector { MatchLabels = new() { ["stage"] = "none" } } : null;

        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => _bundles.BySignerAsync(Signer, selector, false, Ct));

        Assert.Equal("combination of signerName and labelSelector matched zero ClusterTrustBundles", failure.Message);
        Assert.Equal("", await _bundles.BySignerAsync(Signer, selector, true, Ct));
    }

    [Fact]
    public async Task Change_IsSeenByTheNextRead()
    {
        _api.Put(Bundle("one", "", Pem(1)));
        Assert.Equal([Pem(1)], Blocks(await _bundles.ByNameAsync("one", false, Ct)));

        _api.Put(Bundle("one", "", Pem(2)));

        await Eventually.TrueAsync(() => Blocks(_bundles.ByNameAsync("one", false, Ct).GetAwaiter().GetResult()).SequenceEqual([Pem(2)]), "the change is seen");
        Assert.Equal(1, _api.Requests.Count(r => r.Verb == ApiVerbs.Watch));
    }

    [Fact]
    public async Task Server_WithTheOlderVersionOnly_IsReadInIt()
    {
        _api.Refuse = request => request.Resource.Version == "v1beta1" ? StatusException.GenericNotFound() : null;
        _api.Put(new Alpha { Metadata = new() { Name = "one" }, Spec = new() { TrustBundle = Pem(1) } });

        Assert.Equal([Pem(1)], Blocks(await _bundles.ByNameAsync("one", false, Ct)));
    }

    [Fact]
    public async Task Server_WithoutBundles_IsToldAndNothingIsWatched()
    {
        _api.Refuse = _ => StatusException.GenericNotFound();

        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => _bundles.ByNameAsync("one", true, Ct));

        Assert.Equal("ClusterTrustBundle projection is not supported in static kubelet mode", failure.Message);
        Assert.DoesNotContain(_api.Requests, r => r.Verb == ApiVerbs.Watch);
    }

    private static Beta Bundle(string name, string signer, string pem, string? stage = null) => new()
    {
        Metadata = new() { Name = name, Labels = stage is null ? null : new() { ["stage"] = stage } },
        Spec = new() { SignerName = signer, TrustBundle = pem },
    };

    private static string Pem(byte seed) => PemEncoding.WriteString("CERTIFICATE", [.. Enumerable.Repeat(seed, 60)]) + "\n";

    private static List<string> Sorted(params string[] pems) => [.. pems.Order(StringComparer.Ordinal)];

    private static List<string> Blocks(string pem)
    {
        const string End = "-----END CERTIFICATE-----\n";
        return [.. pem.Split(End, StringSplitOptions.RemoveEmptyEntries).Select(b => b + End).Order(StringComparer.Ordinal)];
    }
}
