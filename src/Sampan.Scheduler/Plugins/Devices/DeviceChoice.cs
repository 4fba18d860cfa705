using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>A device for a request of a claim.</summary>
internal sealed record DeviceChoice(ResourceClaim Claim, WantedDevices Wanted, PooledDevice Device);
