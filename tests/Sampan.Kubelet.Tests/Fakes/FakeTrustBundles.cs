using Sampan.Api.Meta.V1;
using Sampan.Kubelet.References;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeTrustBundles : ITrustBundles
{
    /// <summary>By name, or by signer.</summary>
    public Dictionary<string, string> Bundles { get; } = [];

    public Task<string> ByNameAsync(string name, bool isOptional, CancellationToken cancellationToken) => FindAsync(name, isOptional);

    public Task<string> BySignerAsync(string signer, LabelSelector? selector, bool isOptional, CancellationToken cancellationToken) => FindAsync(signer, isOptional);

    private Task<string> FindAsync(string key, bool isOptional) =>
        Task.FromResult(Bundles.GetValueOrDefault(key) ?? (isOptional ? "" : throw new VolumeFailure($"{key} not found")));
}
