namespace Sampan.Scheduler.Configuration;

/// <summary>What is not checked, and how nodes that fit are compared.</summary>
public sealed class NodeResourcesFitArgs : IPluginArgs
{
    /// <summary>Extended resources that are not checked.</summary>
    public List<string> IgnoredResources { get; set; } = [];

    /// <summary>Groups (the part before the slash) of extended resources that are not checked.</summary>
    public List<string> IgnoredResourceGroups { get; set; } = [];

    public ScoringStrategy ScoringStrategy { get; set; } = new();

    public void SetDefaults() => ScoringStrategy.Resources = ResourceSpec.WithDefaults(ScoringStrategy.Resources);

    public void Validate(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < IgnoredResources.Count; i++)
        {
            errors.Invalid(path.Child("ignoredResources").Index(i), IgnoredResources[i], Names.IsQualifiedName(IgnoredResources[i]));
        }
        for (var i = 0; i < IgnoredResourceGroups.Count; i++)
        {
            var (group, at) = (IgnoredResourceGroups[i], path.Child("ignoredResourceGroups").Index(i));
            if (group.Contains('/', StringComparison.Ordinal)) errors.Invalid(at, group, "resource group name can't contain '/'");
            errors.Invalid(at, group, Names.IsQualifiedName(group));
        }
        ScoringStrategy.Validate(path.Child("scoringStrategy"), errors);
    }
}
