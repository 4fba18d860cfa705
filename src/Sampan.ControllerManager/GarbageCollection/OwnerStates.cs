using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>An object's owners: there, gone, or waiting for their dependents to be deleted.</summary>
internal sealed record OwnerStates(List<OwnerReference> Solid, List<OwnerReference> Dangling, List<OwnerReference> Waiting)
{
    public List<OwnerReference> All => [.. Solid, .. Dangling, .. Waiting];
}
