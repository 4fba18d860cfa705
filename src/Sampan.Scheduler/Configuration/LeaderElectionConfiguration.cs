namespace Sampan.Scheduler.Configuration;

/// <summary>How several schedulers agree on the one that works.</summary>
public sealed class LeaderElectionConfiguration
{
    public bool LeaderElect { get; set; } = true;
    public Duration LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);
    public Duration RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);
    public Duration RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);
    public string ResourceLock { get; set; } = "leases";
    public string ResourceName { get; set; } = "kube-scheduler";
    public string ResourceNamespace { get; set; } = "kube-system";

    /// <summary>What is empty or zero is as if it were not given.</summary>
    internal void SetDefaults()
    {
        var defaults = new LeaderElectionConfiguration();
        if (LeaseDuration == default) LeaseDuration = defaults.LeaseDuration;
        if (RenewDeadline == default) RenewDeadline = defaults.RenewDeadline;
        if (RetryPeriod == default) RetryPeriod = defaults.RetryPeriod;
        if (ResourceLock.Length == 0) ResourceLock = defaults.ResourceLock;
        if (ResourceName.Length == 0) ResourceName = defaults.ResourceName;
        if (ResourceNamespace.Length == 0) ResourceNamespace = defaults.ResourceNamespace;
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (!LeaderElect) return;
        Positive(path.Child("leaseDuration"), LeaseDuration, errors);
        Positive(path.Child("renewDeadline"), RenewDeadline, errors);
        Positive(path.Child("retryPeriod"), RetryPeriod, errors);
        if (LeaseDuration <= RenewDeadline) errors.Invalid(path.Child("leaseDuration"), RenewDeadline.ToString(), "LeaseDuration must be greater than RenewDeadline");
        if (ResourceNamespace.Length == 0) errors.Invalid(path.Child("resourceNamespace"), "", "resourceNamespace is required");
        if (ResourceName.Length == 0) errors.Invalid(path.Child("resourceName"), "", "resourceName is required");
        if (ResourceLock != "leases") errors.Invalid(path.Child("resourceLock"), ResourceLock, "resourceLock value must be \"leases\"");
    }

    private static void Positive(FieldPath path, Duration value, FieldErrors errors)
    {
        if (value <= default(Duration)) errors.Invalid(path, value.ToString(), "must be greater than zero");
    }
}
