namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What came of choosing a device.</summary>
internal enum Availability
{
    Chosen,

    /// <summary>Others have it, it is tainted, or it lacks what is asked of it.</summary>
    Unusable,

    /// <summary>It does not go with the devices that the claim has.</summary>
    AgainstConstraint,
}
