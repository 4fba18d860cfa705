using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>A device for a request of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Wanted">The request, or the alternative of it.</param>
/// <param name="Device">The device.</param>
/// <param name="Consumed">The part of a shared device's capacity that the claim gets.</param>
internal sealed record DeviceChoice(ResourceClaim Claim, WantedDevices Wanted, PooledDevice Device, IReadOnlyDictionary<string, Quantity> Consumed);
