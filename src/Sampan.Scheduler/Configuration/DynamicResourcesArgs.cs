namespace Sampan.Scheduler.Configuration;

/// <summary>How long finding and preparing devices may take.</summary>
public sealed class DynamicResourcesArgs : IPluginArgs
{
    public Duration? FilterTimeout { get; set; }
    public Duration? BindingTimeout { get; set; }

    public void Validate(FieldPath path, FieldErrors errors)
    {
        if (FilterTimeout is { } filter && filter < default(Duration)) errors.Invalid(path.Child("filterTimeout"), filter.ToString(), "must be zero or positive");
        if (BindingTimeout is { } binding && binding < Duration.FromTimeSpan(TimeSpan.FromSeconds(1))) errors.Invalid(path.Child("bindingTimeout"), binding.ToString(), "must be at least 1 second");
    }
}
