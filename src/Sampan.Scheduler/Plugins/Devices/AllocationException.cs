namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>A claim or a class is at fault, or the search takes too long, so that the claim can't be allocated.</summary>
internal sealed class AllocationException(string message) : Exception(message);
