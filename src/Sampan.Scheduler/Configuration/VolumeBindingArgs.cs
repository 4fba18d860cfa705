namespace Sampan.Scheduler.Configuration;

/// <summary>How long a pod's volumes may take.</summary>
public sealed class VolumeBindingArgs : IPluginArgs
{
    /// <summary>0: one check only.</summary>
    public long BindTimeoutSeconds { get; set; } = 600;

    /// <summary>Of the alpha feature StorageCapacityScoring, which is off.</summary>
    public List<UtilizationShapePoint>? Shape { get; set; }

    public void Validate(FieldPath path, FieldErrors errors)
    {
        if (BindTimeoutSeconds < 0) errors.Invalid(path.Child("bindTimeoutSeconds"), BindTimeoutSeconds, "invalid BindTimeoutSeconds, should not be a negative value");
        if (Shape is not null)
        {
            errors.Invalid(path.Child("shape"), string.Join(' ', Shape), "unexpected field `shape`, remove it or turn on the feature gate StorageCapacityScoring");
        }
    }
}
