using Sampan.Api.Meta.V1;

namespace Sampan.Kubelet.References;

/// <summary>The cluster's bundles of authorities that pods may trust.</summary>
internal interface ITrustBundles
{
    /// <summary>The certificates of one bundle, as PEM; empty when it is missing and need not be there.</summary>
    /// <exception cref="Volumes.VolumeFailure">It is missing, or bundles cannot be known.</exception>
    Task<string> ByNameAsync(string name, bool isOptional, CancellationToken cancellationToken);

    /// <summary>The certificates of all bundles of a signer that the selector matches, each once; a null selector matches none.</summary>
    /// <exception cref="Volumes.VolumeFailure">There are none, or bundles cannot be known.</exception>
    Task<string> BySignerAsync(string signer, LabelSelector? selector, bool isOptional, CancellationToken cancellationToken);
}
