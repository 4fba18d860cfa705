namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What tells a device from all others.</summary>
internal readonly record struct DeviceId(string Driver, string Pool, string Name)
{
    public override string ToString() => $"{Driver}/{Pool}/{Name}";
}
