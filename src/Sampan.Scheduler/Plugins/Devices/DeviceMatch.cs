namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Whether an expression selects a device, or why that can't be told.</summary>
internal readonly record struct DeviceMatch(bool Selects, string? Error);
