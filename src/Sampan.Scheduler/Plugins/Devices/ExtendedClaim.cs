using Sampan.Api.Core.V1;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The claim for a pod's extended resources on nodes where devices serve the same ones of them.</summary>
/// <param name="Claim">Not written yet.</param>
/// <param name="Mappings">Which container gets which request's devices.</param>
/// <param name="Requests">The claim's requests, to be allocated.</param>
internal sealed record ExtendedClaim(ResourceClaim Claim, List<ContainerExtendedResourceRequest> Mappings, List<List<WantedDevices>> Requests)
{
    /// <summary>As the API server has it, once it does.</summary>
    public ResourceClaim? Written { get; set; }
}
