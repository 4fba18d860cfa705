namespace Sampan.Scheduler.Configuration;

/// <summary>How long finding and preparing devices may take.</summary>
public sealed class DynamicResourcesArgs : IPluginArgs
{
    public Duration? FilterTimeout { get; set; } = TimeSpan.FromSeconds(10);
    public Duration? BindingTimeout { get; set; } = TimeSpan.FromMinutes(10);

    public void Validate(FieldPath path, FieldErrors errors)
    {
        if (FilterTimeout is { } filter && filter < default(Duration)) errors.Invalid(path.Child("filterTimeout"), filter.ToString(), "must be zero or positive");
        if (BindingTimeout is { } binding && binding < Duration.FromTimeSpan(TimeSpan.FromSeconds(1))) errors.Invalid(path.Child("bindingTimeout"), binding.ToString(), "must be at least 1 second");
    }
}
