namespace Sampan.Scheduler.Configuration;

/// <summary>The resources that shall be used to the same degree.</summary>
public sealed class NodeResourcesBalancedAllocationArgs : IPluginArgs
{
    public List<ResourceSpec> Resources { get; set; } = ResourceSpec.Defaults();

    public void SetDefaults() => Resources = ResourceSpec.WithDefaults(Resources);

    public void Validate(FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < Resources.Count; i++)
        {
            var at = path.Child("resources").Index(i);
            if (!seen.Add(Resources[i].Name)) errors.Duplicate(at.Child("name"), Resources[i].Name);
            if (Resources[i].Weight != 1) errors.Invalid(at.Child("weight"), Resources[i].Weight, "must be 1");
        }
    }
}
