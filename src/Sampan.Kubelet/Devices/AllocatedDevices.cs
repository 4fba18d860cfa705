using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Devices;

/// <summary>The devices of one resource that one container has, and what the plugin wants done for them.</summary>
/// <param name="Ids">In the order of their names.</param>
internal sealed record AllocatedDevices(string PodUid, string Container, string Resource, IReadOnlyList<string> Ids, ContainerAllocateResponse Response);
