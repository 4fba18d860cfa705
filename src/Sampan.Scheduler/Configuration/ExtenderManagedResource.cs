namespace Sampan.Scheduler.Configuration;

/// <summary>An extended resource that an extender looks after.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="IgnoredByScheduler">The scheduler itself does not check it.</param>
public sealed record ExtenderManagedResource(string Name, bool IgnoredByScheduler = false);
