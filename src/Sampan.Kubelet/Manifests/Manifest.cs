using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>A pod, and where it was read.</summary>
internal sealed record Manifest(string Place, Pod Pod);
