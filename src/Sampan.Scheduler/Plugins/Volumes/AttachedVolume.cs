namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>A volume of a CSI driver; pods that share it need it attached once.</summary>
internal readonly record struct AttachedVolume(string Driver, string Handle);
